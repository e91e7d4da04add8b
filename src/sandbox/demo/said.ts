import type { BuiltInDimension } from '../../feedback/dimension.ts';

/** What a customer said, and what came of it; days are weekdays ago. */
export interface Said {
  account: string;
  /** Which of its contacts, in their order. */
  by: number;
  kind: 'praise' | 'problem' | 'wish' | 'price' | 'competitor';
  about: BuiltInDimension;
  severity: 'low' | 'medium' | 'high';
  ago: number;
  words: string;
  answered?: readonly [ago: number, words: string];
  closed?: readonly [ago: number, words: string];
}

/** Of two teams: late deliveries at three core customers, what was done about them, and what is open now. */
export const said: Record<'en' | 'zh', readonly Said[]> = {
  en: [
    {
      ...{ account: 'Brandt Maschinenbau', by: 1, kind: 'problem', about: 'delivery', severity: 'high', ago: 33 },
      words: 'The sensors came nine days late. Line 3 stood still for two shifts, and nobody called us before.',
      answered: [32, 'Apologised by phone the same evening; the missing six went by courier.'],
      closed: [
        16,
        'You said: too late, and not a word before. We did: forty of the usual sensors now lie in Stuttgart, and when an order slips we call two days ahead.',
      ],
    },
    {
      ...{ account: 'Acme Aerospace', by: 1, kind: 'problem', about: 'delivery', severity: 'high', ago: 28 },
      words: 'Third shipment in a row outside the window. We plan our audits around your dates.',
      answered: [26, 'Agreed on fixed dates with logistics and named one person who answers for them.'],
      closed: [
        16,
        'You said: we cannot plan with your dates. We did: stock in Stuttgart, and every date is confirmed on the day before.',
      ],
    },
    {
      ...{ account: 'Officine Marchetti', by: 1, kind: 'problem', about: 'delivery', severity: 'medium', ago: 24 },
      words: 'Two pallets promised for Monday came on Friday, one of them without papers.',
      answered: [21, 'Papers sent the same day; the cause is the warehouse change, which ends this month.'],
      closed: [
        15,
        'You said: late and without papers. We did: papers travel ahead by mail, and Turin has its own slot.',
      ],
    },
    {
      ...{ account: 'Rheintal Chemie', by: 1, kind: 'price', about: 'price', severity: 'medium', ago: 18 },
      words: 'Your offer is fine, your discount is not.',
      answered: [13, 'Offered sixty days instead of a discount.'],
      closed: [11, 'You said: the price. We did: sixty days to pay, which helped their budget more than four percent.'],
    },
    {
      ...{ account: 'Albion Castings', by: 0, kind: 'praise', about: 'product', severity: 'low', ago: 20 },
      words: 'The gauges survived the foundry. Nothing survives the foundry.',
    },
    {
      ...{ account: 'Nordlicht Energie', by: 0, kind: 'wish', about: 'response', severity: 'low', ago: 12 },
      words: 'One number for all four sites, please. My people never know whom to call.',
      answered: [9, 'Asked service; one number is possible from this month on.'],
      closed: [2, 'You said: one number. We did: one number for all four sites, from six to ten.'],
    },
    {
      ...{ account: 'Vidrios Levante', by: 0, kind: 'wish', about: 'product', severity: 'low', ago: 8 },
      words: 'A manual in Spanish, with pictures, would save us a day of training per shift.',
      answered: [3, 'It is being translated; the first chapters come next month.'],
    },
    {
      ...{ account: 'Northgate Rail', by: 0, kind: 'problem', about: 'response', severity: 'medium', ago: 7 },
      words: 'The hotline let us wait two days with a gauge that stood still. For a railway that is not an option.',
    },
    {
      ...{ account: 'Alpina Feinwerktechnik', by: 0, kind: 'praise', about: 'people', severity: 'low', ago: 6 },
      words: 'Anna explained it so well that even my father understood it, and he is 84.',
    },
    {
      ...{ account: 'Falkenberg Automotive', by: 0, kind: 'price', about: 'price', severity: 'medium', ago: 3 },
      words: 'Others are eight percent below you for the same probe. Give me a reason that I can show my board.',
    },
    {
      ...{ account: 'Fjordkraft Turbines', by: 0, kind: 'competitor', about: 'product', severity: 'medium', ago: 2 },
      words: 'Helix showed us a wireless probe that measures through the housing. What do you have?',
    },
    {
      ...{ account: 'Brandt Maschinenbau', by: 0, kind: 'praise', about: 'delivery', severity: 'low', ago: 1 },
      words: 'Since you keep stock in Stuttgart we have not waited a single day. The shop floor noticed.',
    },
  ],
  zh: [
    {
      ...{ account: '华为技术有限公司', by: 1, kind: 'problem', about: 'delivery', severity: 'high', ago: 34 },
      words: '这批传感器晚了八天，二号线停了两个班，事先也没人打招呼。',
      answered: [33, '当晚打电话道了歉，缺的十六只走空运，第二天就到。'],
      closed: [15, '您说到货晚、没人提前说；我们在上海仓备了四十只常用型号，凡是要晚的订单，提前两天打电话。'],
    },
    {
      ...{ account: '深圳腾跃机器人', by: 1, kind: 'problem', about: 'delivery', severity: 'high', ago: 29 },
      words: '说好周一到的货，周五才到，测试排期全打乱了。',
      answered: [27, '和物流定了固定到货日，指定专人跟单。'],
      closed: [15, '您说排期被打乱；我们从上海仓直发，到货前一天再确认一次。'],
    },
    {
      ...{ account: '北京中科智造', by: 1, kind: 'problem', about: 'delivery', severity: 'medium', ago: 23 },
      words: '连着三批都没赶上交货窗口，我们验收是按你们的日期排的。',
      answered: [20, '说明了仓库搬迁的原因，下批改走专车。'],
      closed: [14, '您说验收排不下去；我们改成先定验收日、再排发货，最近两批都准时。'],
    },
    {
      ...{ account: '杭州海川新能源', by: 0, kind: 'price', about: 'price', severity: 'medium', ago: 17 },
      words: '报价没问题，就是折扣太少，领导那儿过不去。',
      answered: [13, '提了账期延到六十天的方案。'],
      closed: [10, '您说价格；我们把账期延到六十天，对他们的预算比降四个点更管用。'],
    },
    {
      ...{ account: '济南泉城水务', by: 0, kind: 'praise', about: 'product', severity: 'low', ago: 19 },
      words: '在泵房泡了半年，一点没漂，难得。',
    },
    {
      ...{ account: '东莞联创模具', by: 0, kind: 'wish', about: 'response', severity: 'low', ago: 12 },
      words: '能不能给个统一的服务电话？四个车间，谁也不知道该打给谁。',
      answered: [9, '问过服务部，这个月就能开通。'],
      closed: [2, '您说要一个号码；我们开通了统一热线，早六点到晚十点有人接。'],
    },
    {
      ...{ account: '上海精密机床厂', by: 0, kind: 'wish', about: 'product', severity: 'low', ago: 8 },
      words: '能不能出一份带图的操作卡，贴在机床边上，新人一看就会。',
      answered: [3, '市场部在做，下个月先给前两个型号。'],
    },
    {
      ...{ account: '天津渤海钢铁', by: 0, kind: 'problem', about: 'response', severity: 'medium', ago: 7 },
      words: '热线打了两天没人回，量具就停在那儿，钢厂可等不起。',
    },
    {
      ...{ account: '厦门鹭岛光电', by: 0, kind: 'praise', about: 'people', severity: 'low', ago: 6 },
      words: '王经理讲得清楚，连老师傅都听明白了。',
    },
    {
      ...{ account: '广汽零部件集团', by: 0, kind: 'price', about: 'price', severity: 'medium', ago: 3 },
      words: '同样的测头，别家低八个点，你们得给我一个能跟上面交代的理由。',
    },
    {
      ...{ account: '青岛海润家电', by: 0, kind: 'competitor', about: 'product', severity: 'medium', ago: 2 },
      words: '有家同行上周演示了隔着外壳就能测的无线测头，你们有没有？',
    },
    {
      ...{ account: '华为技术有限公司', by: 0, kind: 'praise', about: 'delivery', severity: 'low', ago: 1 },
      words: '上海备了货以后，一天都没再等过，车间都说好。',
    },
  ],
};

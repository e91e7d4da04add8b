/** A visit that belongs to the story; days are weekdays ago. */
export interface Seen {
  account: string;
  ago: number;
  kind: 'visit' | 'call' | 'onlineMeeting';
  outcome: 'advance' | 'noChange' | 'setback';
  purpose: string;
  note: string;
  next?: readonly [text: string, days: number];
}

/** The visits in which the stories of `said.ts` go on. */
export const seen: Record<'en' | 'zh', readonly Seen[]> = {
  en: [
    {
      ...{ account: 'Brandt Maschinenbau', ago: 1, kind: 'visit', outcome: 'advance', purpose: 'Yearly review' },
      note: 'Not one late delivery since the stock in Stuttgart. Petra Lang wants the contract for two years.',
      next: ['Draft of the two-year contract', 6],
    },
    {
      ...{ account: 'Acme Aerospace', ago: 2, kind: 'onlineMeeting', outcome: 'advance', purpose: 'Audit dates' },
      note: 'All dates of the next quarter agreed with Raj Patel. He asked for a second line of gauges.',
      next: ['Offer for the second line', 7],
    },
    {
      ...{
        account: 'Rheintal Chemie',
        ago: 3,
        kind: 'visit',
        outcome: 'advance',
        purpose: 'First look into the plant',
      },
      note: 'Dr. Adler let us in for the first time and named three points where they measure by hand.',
      next: ['Proposal for the three measuring points', 8],
    },
    {
      ...{ account: 'Officine Marchetti', ago: 4, kind: 'call', outcome: 'noChange', purpose: 'Delivery slot' },
      note: 'The Turin slot holds. Elisa Conti will say so in the next report card.',
    },
    {
      ...{ account: 'Lundqvist Marine', ago: 6, kind: 'visit', outcome: 'noChange', purpose: 'Staying in touch' },
      note: 'He stays with his supplier until May, and showed us when the contract ends.',
      next: ['Call in time before the contract ends', 20],
    },
    {
      ...{ account: 'Northgate Rail', ago: 7, kind: 'visit', outcome: 'setback', purpose: 'The hotline' },
      note: 'Two days without an answer. Gareth Owen wants to hear from our management, not from me.',
    },
    {
      ...{
        account: 'Falkenberg Automotive',
        ago: 3,
        kind: 'visit',
        outcome: 'noChange',
        purpose: 'Price for next year',
      },
      note: 'Eight percent under us. Stefan Huber asks for something that he can show his board.',
      next: ['Cost of a stopped line, on one page', 5],
    },
    {
      ...{ account: 'Fjordkraft Turbines', ago: 2, kind: 'call', outcome: 'noChange', purpose: 'Wireless probe' },
      note: 'Helix was there with a wireless probe. Ingrid Solberg would look at ours before she decides.',
      next: ['Bring the wireless probe to Bergen', 12],
    },
    {
      ...{ account: 'Fjordkraft Turbines', ago: 12, kind: 'visit', outcome: 'advance', purpose: 'Turbine test bench' },
      note: 'The test bench gets a second station; we are asked to name the sensors.',
    },
    {
      ...{ account: 'Northgate Rail', ago: 16, kind: 'call', outcome: 'noChange', purpose: 'Service plan' },
      note: 'Went through the service plan. The depot in Derby wants answers within a day.',
    },
    {
      ...{
        account: 'Falkenberg Automotive',
        ago: 13,
        kind: 'call',
        outcome: 'noChange',
        purpose: 'Order for the new line',
      },
      note: 'The order is with the board; they decide before the end of the year.',
    },
  ],
  zh: [
    {
      ...{ account: '华为技术有限公司', ago: 1, kind: 'visit', outcome: 'advance', purpose: '年度回顾' },
      note: '上海备货以后没再晚过一批。王总想把框架合同一次签两年。',
      next: ['两年期合同初稿', 6],
    },
    {
      ...{ account: '深圳腾跃机器人', ago: 2, kind: 'onlineMeeting', outcome: 'advance', purpose: '下季度测试排期' },
      note: '下季度的到货日和黄婷逐批对好了，她问能不能再加一条测试线。',
      next: ['第二条测试线的报价', 7],
    },
    {
      ...{ account: '杭州海川新能源', ago: 3, kind: 'visit', outcome: 'advance', purpose: '第一次进车间' },
      note: '郑部长头一回带我们进车间，点了三个还在手工测的工位。',
      next: ['三个工位的测量方案', 8],
    },
    {
      ...{ account: '北京中科智造', ago: 4, kind: 'call', outcome: 'noChange', purpose: '确认验收日期' },
      note: '最近两批都赶上了窗口，高主任说下次评分会写上。',
    },
    {
      ...{ account: '大连重工起重', ago: 6, kind: 'visit', outcome: 'noChange', purpose: '保持联系' },
      note: '姜部长合同签到明年五月，先不换，但把到期日告诉我们了。',
      next: ['合同到期前再约一次', 20],
    },
    {
      ...{ account: '天津渤海钢铁', ago: 7, kind: 'visit', outcome: 'setback', purpose: '热线投诉' },
      note: '两天没人回电，冯总监说这事要我们领导来谈。',
    },
    {
      ...{ account: '广汽零部件集团', ago: 3, kind: 'visit', outcome: 'noChange', purpose: '明年价格' },
      note: '别家低八个点，梁部长要一份能给上面看的说明。',
      next: ['停线一小时值多少钱，做成一页', 5],
    },
    {
      ...{ account: '青岛海润家电', ago: 2, kind: 'call', outcome: 'noChange', purpose: '无线测头' },
      note: '同行演示了无线测头，于总说定之前想看看我们的。',
      next: ['带无线测头去青岛演示', 12],
    },
    {
      ...{ account: '上海精密机床厂', ago: 9, kind: 'visit', outcome: 'advance', purpose: '机床在线测量' },
      note: '周总工同意先在两台机床上装，操作卡做好就开始。',
    },
    {
      ...{ account: '天津渤海钢铁', ago: 16, kind: 'call', outcome: 'noChange', purpose: '服务计划' },
      note: '过了一遍服务计划，设备部要求当天回复。',
    },
  ],
};

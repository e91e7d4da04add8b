/** What happens at customers: purpose, note, outcome, and the next step with its days until due. */
export interface Story {
  purpose: string;
  note: string;
  outcome: 'advance' | 'noChange' | 'setback';
  next?: readonly [text: string, days: number];
}

export const stories: Record<'en' | 'zh', readonly Story[]> = {
  en: [
    {
      purpose: 'Yearly contract',
      note: 'Walked through the framework contract. They accept the price if we hold delivery at four weeks. The CFO wants one page on total cost.',
      outcome: 'advance',
      next: ['Send the one-page cost comparison', 5],
    },
    {
      purpose: 'Complaint about calibration',
      note: 'Two of the twelve gauges drifted. Swapped them on the spot and agreed on a weekly check until the end of the month.',
      outcome: 'noChange',
      next: ['Report on the weekly drift check', 7],
    },
    {
      purpose: 'New line in spring',
      note: 'The new line is approved for April. Three suppliers are asked; ours is the only one with an automatic test.',
      outcome: 'advance',
      next: ['Offer for 24 sensors with installation', 6],
    },
    {
      purpose: 'Getting to know the new buyer',
      note: 'The new buyer came from a competitor’s customer and knows their prices well. Open to a trial on one machine.',
      outcome: 'noChange',
      next: ['Propose a four-week trial', 4],
    },
    {
      purpose: 'Trial review',
      note: 'Trial went well: scrap down by a fifth. The plant manager will recommend us to the sister site.',
      outcome: 'advance',
      next: ['Introduction call with the sister site', 9],
    },
    {
      purpose: 'Price talk',
      note: 'They asked for eight percent. I offered longer terms instead. They will come back after their budget round.',
      outcome: 'setback',
      next: ['Ask how the budget round ended', 12],
    },
    {
      purpose: 'Service check',
      note: 'Everything runs. Operators would like the manual in their own language.',
      outcome: 'noChange',
    },
    {
      purpose: 'Trade fair',
      note: 'Met at the fair. Showed the wireless probe; they want to see it on their own part.',
      outcome: 'advance',
      next: ['Book the demo van', 8],
    },
    {
      purpose: 'Quarterly review',
      note: 'Numbers are as planned. Delivery punctuality was praised, response time of the hotline was not.',
      outcome: 'noChange',
      next: ['Hotline response times for the last quarter', 5],
    },
    {
      purpose: 'Lost tender',
      note: 'The tender went to the cheaper bidder. They will ask again in autumn and told us openly what was missing.',
      outcome: 'setback',
    },
  ],
  zh: [
    {
      purpose: '年度框架合同',
      note: '过了一遍框架合同，只要交期稳定在四周，价格可以接受。采购总监要一页总成本对比。',
      outcome: 'advance',
      next: ['发一页总成本对比', 5],
    },
    {
      purpose: '校准问题处理',
      note: '十二台里有两台漂移，现场更换，月底前每周复检一次。',
      outcome: 'noChange',
      next: ['提交每周复检报告', 7],
    },
    {
      purpose: '春季新产线',
      note: '新产线四月投产已批，三家供应商报价，只有我们带自动检测。',
      outcome: 'advance',
      next: ['24 套传感器含安装的报价', 6],
    },
    {
      purpose: '拜访新任采购',
      note: '新采购熟悉竞品价格，愿意先在一台设备上试用。',
      outcome: 'noChange',
      next: ['提交四周试用方案', 4],
    },
    {
      purpose: '试用总结',
      note: '试用效果好，废品率降了两成，厂长愿意推荐给兄弟工厂。',
      outcome: 'advance',
      next: ['约兄弟工厂电话会', 9],
    },
    {
      purpose: '价格谈判',
      note: '对方要求降八个点，我提了延长账期，等他们预算会后再谈。',
      outcome: 'setback',
      next: ['问预算会结果', 12],
    },
    { purpose: '服务回访', note: '设备运行正常，操作工希望有中文图示手册。', outcome: 'noChange' },
    { purpose: '展会', note: '展会上看了无线测头，想在自己的工件上试。', outcome: 'advance', next: ['安排演示车', 8] },
    {
      purpose: '季度回顾',
      note: '业绩按计划，交付准时得到表扬，热线响应慢被点名。',
      outcome: 'noChange',
      next: ['整理上季度热线响应数据', 5],
    },
    { purpose: '投标落选', note: '这次给了低价的一家，秋天还会再招，对方坦诚说了我们缺什么。', outcome: 'setback' },
  ],
};

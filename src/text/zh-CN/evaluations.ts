import type { evaluations as en } from '../en/evaluations.ts';

export const evaluations: Record<keyof typeof en, string> = {
  'digest.help': '查看团队的周报、月报、季报；加“我”看自己的部分',
  'digest.usage': '[团队|我|姓名] [本周|上月|本季度] [2026-10]',

  'digest.figure.visits': '拜访和电话',
  'digest.figure.prompts': '早晚班会已回复',
  'digest.figure.coverageCore': '按时拜访的核心顾客',
  'digest.figure.coveragePotential': '按时拜访的核心潜在顾客',
  'digest.figure.promises': '计划完成',
  'digest.figure.overdue': '逾期的待办',
  'digest.figure.feedbackIn': '收到的客户反馈',
  'digest.figure.feedbackAnswered': '已答复的客户反馈',
  'digest.figure.feedbackOpen': '还没答复的客户反馈',
  'digest.figure.advances': '有进展的拜访',
  'digest.figure.score': '服务评分',

  'evaluation.title': '{team}{kind, select, week {周报} month {月报} other {季报}}：{from}至{to}',
  'evaluation.titleOwn': '{name}的{kind, select, week {周报} month {月报} other {季报}}：{from}至{to}',
  'evaluation.group.activity': '做了什么',
  'evaluation.group.quality': '客户照顾得怎么样',
  'evaluation.group.outcome': '带来了什么',
  'evaluation.fact.of': '{value}/{of}',
  'evaluation.fact.asked': '{value}次，应有{of}次',
  'evaluation.fact.noneAsked': '{value}（没有要求）',
  'evaluation.fact.change': '（{change} · 均值{mean}）',
  'evaluation.fact.changeOnly': '（{change}）',
  'evaluation.fact.score': '{value}分（满分5分，{of}份评分）',
  'evaluation.fact.tooFew': '{of, plural, =0 {没有评分} other {只有#份评分，不算平均分}}',
  'evaluation.fact.feedback': '客户反馈',
  'evaluation.fact.feedbackOf': '收到{in}条{inChange} · 已答复{answered} · 待答复{open}条{openChange}',

  'evaluation.say.noMembers': '这个团队还没有成员，暂时没有数据。',
  'evaluation.say.allAway': '{people, plural, other {团队#人}}全程休假，没有布置任何要求。',
  'evaluation.say.ownAway': '全程休假，没有布置任何要求。',
  'evaluation.say.empty': '{kind, select, week {本周} month {本月} other {本季度}}没有任何记录。',
  'evaluation.say.first':
    '这是第一份有数据的{kind, select, week {周报} month {月报} other {季报}}：{value, plural, other {拜访和电话共#次}}。从下一份起会对比变化。',
  'evaluation.say.visits':
    '拜访和电话共{value, plural, other {#次}}{of, plural, =0 {} other {（按客户级别应有#次）}}，{direction, select, more {比{kind, select, week {上周} month {上月} other {上季度}}多{change}次} fewer {比{kind, select, week {上周} month {上月} other {上季度}}少{change}次} other {与{kind, select, week {上周} month {上月} other {上季度}}持平}}（前四{kind, select, week {周} month {个月} other {个季度}}平均{mean}次）。',
  'evaluation.say.holidays': '期间有{days, plural, other {#}}个工作日放假，放假不作要求。',
  'evaluation.say.coverage': '{of}家核心顾客中，{value}家按时拜访过。',
  'evaluation.say.steady': '其他数据与{kind, select, week {上周} month {上月} other {上季度}}相比变化不大。',
  'evaluation.say.noAttention': '目前没有客户在等人跟进。',
  'evaluation.say.attention':
    '{total, plural, =1 {有1家客户需要跟进：{customer}} other {有#家客户需要跟进，首先是{customer}}}。',
  'evaluation.changed.prompts':
    '{of}次班会提问回复了{value}次，比之前{direction, select, more {多} other {少}}{change}次。',
  'evaluation.changed.coverageCore':
    '{of}家核心顾客中{value}家按时拜访过，比之前{direction, select, more {多} other {少}}{change}家。',
  'evaluation.changed.coveragePotential':
    '{of}家核心潜在顾客中{value}家按时拜访过，比之前{direction, select, more {多} other {少}}{change}家。',
  'evaluation.changed.promises':
    '{of}项计划完成了{value}项，比之前{direction, select, more {多} other {少}}{change}项。',
  'evaluation.changed.overdue':
    '{value, plural, =0 {没有待办逾期} other {有#项待办逾期}}，比之前{direction, select, more {多} other {少}}{change}项。',
  'evaluation.changed.feedbackIn':
    '{value, plural, =0 {没有收到客户反馈} other {收到客户反馈#条}}，比之前{direction, select, more {多} other {少}}{change}条。',
  'evaluation.changed.feedbackAnswered':
    '{value, plural, =0 {没有答复客户反馈} other {答复客户反馈#条}}，比之前{direction, select, more {多} other {少}}{change}条。',
  'evaluation.changed.feedbackOpen':
    '{value, plural, =0 {没有客户反馈待答复} other {还有#条客户反馈待答复}}，比之前{direction, select, more {多} other {少}}{change}条。',
  'evaluation.changed.advances':
    '{value, plural, =0 {没有拜访取得进展} other {有#次拜访取得进展}}，比之前{direction, select, more {多} other {少}}{change}次。',
  'evaluation.changed.score': '服务评分{value}分，比之前{direction, select, more {高} other {低}}{change}分。',

  'evaluation.chart.title': '各级别按时拜访的客户比例',
  'evaluation.chart.day':
    '{month, select, 1 {1} 2 {2} 3 {3} 4 {4} 5 {5} 6 {6} 7 {7} 8 {8} 9 {9} 10 {10} 11 {11} other {12}}/{day}',
  'evaluation.chart.alternative': '{from}至{to}，各级别按时拜访的客户比例。{series}。',
  'evaluation.chart.series': '{class}：{points}',

  'evaluation.attention.heading': '接下来需要跟进的客户',
  'evaluation.attention.never': '还没有人拜访过',
  'evaluation.attention.overdue': '{days, plural, =1 {上次拜访是昨天} other {已有#天没拜访}}',
  'evaluation.attention.promise': '{count, plural, other {有#项承诺}}逾期，{days, plural, other {最久#天}}',
  'evaluation.attention.problem':
    '{count, plural, other {有#个问题}}没答复{days, plural, =0 {，今天提出} other {，最久#天}}',
  'evaluation.attention.score': '服务评分{score}分',

  'evaluation.propose.heading': '可以改进的地方',
  'evaluation.propose.planSilent':
    '有{count, plural, other {#家}}核心或核心潜在顾客超过两个拜访周期没人拜访：现在就排上计划。',
  'evaluation.propose.answerProblems': '有{count, plural, other {#家}}客户的问题没答复：定下谁在什么时候答复。',
  'evaluation.propose.listen': '有{count, plural, other {#家}}客户给服务打分不到3分：经理上门听一听。',
  'evaluation.propose.clearOverdue': '有{count, plural, other {#项}}待办逾期：一起过一遍，完成、改期或取消。',
  'evaluation.propose.planLess': '有{count, plural, other {#项}}计划没完成：每天少排一点。',
  'evaluation.propose.askBetter': '有{count, plural, other {#次}}班会提问没回复：换个时间问，或者少问一点。',
  'evaluation.propose.button.planSilent': '{count, plural, other {现在排计划}}',
  'evaluation.propose.button.answerProblems': '定下谁答复',
  'evaluation.propose.button.listen': '{count, plural, other {安排走访}}',
  'evaluation.propose.button.clearOverdue': '安排清理',
  'evaluation.propose.button.planLess': '就这么定',
  'evaluation.propose.button.askBetter': '就这么定',

  'evaluation.win.heading': '做得好的地方',
  'evaluation.win.advances':
    '{count, plural, other {#次}}拜访有进展{named, select, all {：{customers}} some {，例如{customers}} other {}}。',
  'evaluation.win.praise':
    '{count, plural, other {收到客户表扬#次}}{named, select, all {：{customers}} some {，例如{customers}} other {}}。',
  'evaluation.win.promises': '{count}项计划全部完成。',
  'evaluation.win.coverage': '{count, plural, other {#家}}核心顾客全部按时拜访。',
  'evaluation.win.answered': '{count, plural, other {答复客户反馈#条}}，一条不剩。',

  'evaluation.remarks': '当事人的说明',
  'evaluation.asOf': '数据截至{moment}。',
  'evaluation.left.until': '统计到{day}。',
  'evaluation.left.away':
    '不计入：全程休假的{count, plural, other {#人}}{customers, plural, =0 {} other {，以及他们的#家客户}}。',
  'evaluation.left.holidays': '{count, plural, other {放假}}：{days}。',
  'evaluation.left.missed': '{count, plural, other {有#次提问发晚了}}，{count, plural, other {不计入}}。',
  'evaluation.button.behind': '看数据明细',
  'evaluation.button.more': '更多',
  'evaluation.button.before': '上一期',

  'evaluation.more.title': '{team}{kind, select, week {周报} month {月报} other {季报}}：更多内容',
  'evaluation.more.visits': '各级别的拜访和电话',
  'evaluation.more.coverage': '按时拜访的客户',
  'evaluation.more.ranking': '每人的拜访和电话',
  'evaluation.more.how':
    '统计口径：一次拜访计入每位到场的人。核心、核心潜在顾客每14天拜访一次，兼顾顾客每28天，一般顾客每56天；休息日、休假和节假日不作要求。级别和负责人以现在为准。',

  'evaluation.behind.title': '{whose}的数据明细',
  'evaluation.rows.button': '查看',
  'evaluation.rows.spoken': '查看明细：{figure}',
  'evaluation.rows.title': '{figure}：{whose}',
  'evaluation.rows.period': '{from}至{to}，数据截至{moment}',
  'evaluation.rows.none': '这里没有内容。',
  'evaluation.rows.page': '第{from}–{to}条，共{total}条',
  'evaluation.rows.next': '下一页',
  'evaluation.rows.ownOnly': '别人的计划和班会回复只有团队负责人能看，这里只列您自己的。',
  'evaluation.rows.never': '还没拜访过',
  'evaluation.rows.seen': '上次拜访：{day}',
  'evaluation.rows.due': '{day}到期',
  'evaluation.rows.noDue': '没定日期',
  'evaluation.rows.score': '{score}分（满分5分）',
  'evaluation.rows.hit.coverageCore': '按时',
  'evaluation.rows.miss.coverageCore': '没按时',
  'evaluation.rows.hit.coveragePotential': '按时',
  'evaluation.rows.miss.coveragePotential': '没按时',
  'evaluation.rows.hit.promises': '已完成',
  'evaluation.rows.miss.promises': '没完成',
  'evaluation.rows.hit.prompts': '已回复',
  'evaluation.rows.miss.prompts': '没回复',
  'evaluation.rows.hit.overdue': '已逾期',
  'evaluation.rows.miss.overdue': '还没到期',
  'evaluation.rows.hit.feedbackAnswered': '已答复',
  'evaluation.rows.miss.feedbackAnswered': '待答复',
  'evaluation.rows.hit.advances': '有进展',
  'evaluation.rows.miss.advances': '没有进展',
  'evaluation.rows.feedback': '{kind, select, praise {表扬} problem {问题} wish {需求} price {价格} other {竞品}}',
  'evaluation.rows.prompt': '{kind, select, morning {早班会} evening {晚班会} sales {销售会议} other {提问}}',
  'evaluation.rows.source': '{source, select, customer {客户评分} salesManager {经理评分} other {客户经理评分}}',

  'evaluation.unreadable': '没有这个时间段：{words}。可以写“上周”“本月”“2026-10”“2026-Q3”或“2026-11-23”。',
  'evaluation.notBegun': '{kind, select, week {那一周} month {那个月} other {那个季度}}还没开始。',
  'evaluation.noTeam': '您还没有加入团队，暂时没有周报。请管理员用“{kam}团队”把您加进去。',
  'evaluation.unknown':
    '没有您能看的“{words}”的周报。“{kam}周报”看团队的，“{kam}周报 我”看自己的；时间可以写“上周”“本月”“2026-10”。',
  'evaluation.which': '看谁的周报？',
  'evaluation.open': '打开',
};

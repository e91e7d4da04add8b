/** What is said of meetings and how they are set up. */
export const meetings = {
  'meetings.kind.morning': '早会',
  'meetings.kind.evening': '晚会',
  'meetings.kind.sales': '销售例会',
  'meetings.kind.own': '例会',
  'meetings.question.today': '今天见哪些客户？每家想达成什么？',
  'meetings.question.inTheWay': '有什么困难需要支持？',
  'meetings.question.howDidItGo': '今天进展如何？',
  'meetings.question.whatNext': '接下来做什么？',
  'meetings.question.agenda': '这次例会想讨论什么？',
  'meetings.question.anything': '有什么要让大家知道的？',
};

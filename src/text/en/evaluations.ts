/** What evaluations say: figures, sentences, what needs somebody, what is proposed. */
export const evaluations = {
  'digest.help': 'what the week, month or quarter of a team was worth; “me” for your own part',
  'digest.usage': '[team|me|name] [week|month|quarter] [2026-10]',

  'digest.figure.visits': 'Visits and calls',
  'digest.figure.prompts': 'Prompts answered',
  'digest.figure.coverageCore': 'Core customers seen in time',
  'digest.figure.coveragePotential': 'Core potential customers seen in time',
  'digest.figure.promises': 'Plans carried out',
  'digest.figure.overdue': 'Next steps overdue',
  'digest.figure.feedbackIn': 'Feedback received',
  'digest.figure.feedbackAnswered': 'Feedback answered',
  'digest.figure.feedbackOpen': 'Feedback still open',
  'digest.figure.advances': 'Visits that moved something forward',
  'digest.figure.score': 'Service score',

  'evaluation.title': '{team}: {kind, select, week {week} month {month} other {quarter}} {from} – {to}',
  'evaluation.titleOwn': '{name}: {kind, select, week {week} month {month} other {quarter}} {from} – {to}',
  'evaluation.group.activity': 'What was done',
  'evaluation.group.quality': 'How customers are looked after',
  'evaluation.group.outcome': 'What came of it',
  'evaluation.fact.of': '{value} of {of}',
  'evaluation.fact.asked': '{value} made, {of} asked for',
  'evaluation.fact.noneAsked': '{value} (none was asked for)',
  'evaluation.fact.change': '({change} · Ø {mean})',
  'evaluation.fact.changeOnly': '({change})',
  'evaluation.fact.score': '{value} of 5 from {of} answers',
  'evaluation.fact.tooFew':
    '{of, plural, =0 {no answers} one {one answer, too few for a mean} other {# answers, too few for a mean}}',
  'evaluation.fact.feedback': 'Feedback',
  'evaluation.fact.feedbackOf': '{in} in{inChange} · {answered} answered · {open} open{openChange}',

  'evaluation.say.noMembers': 'Nobody is in this team yet, so there is nothing to tell.',
  'evaluation.say.allAway':
    '{people, plural, one {The one person of this team was} other {All # people of this team were}} on leave all the time, so nothing was asked.',
  'evaluation.say.ownAway': 'On leave all the time, so nothing was asked.',
  'evaluation.say.empty': 'Nothing was logged in this {kind, select, week {week} month {month} other {quarter}}.',
  'evaluation.say.first':
    'This is the first {kind, select, week {week} month {month} other {quarter}} with figures: {value, plural, one {one visit or call} other {# visits and calls}}. What changes is told from the next one on.',
  'evaluation.say.visits':
    '{value, plural, one {One visit or call was made} other {# visits and calls were made}}{of, plural, =0 {} other {, where the customers’ classes ask for #}}: {direction, select, more {{change} more than} fewer {{change} fewer than} other {as many as}} in the {kind, select, week {week} month {month} other {quarter}} before (mean of four: {mean}).',
  'evaluation.say.holidays':
    '{days, plural, one {One of its working days was a holiday} other {# of its working days were holidays}}, and nothing was asked then.',
  'evaluation.say.coverage': '{value} of {of} core customers were seen within their interval.',
  'evaluation.say.steady':
    'Everything else is as it was in the {kind, select, week {week} month {month} other {quarter}} before.',
  'evaluation.say.noAttention': 'No customer is waiting for anybody.',
  'evaluation.say.attention':
    '{total, plural, one {One customer needs somebody next: {customer}} other {# customers need somebody next, {customer} first}}.',
  'evaluation.changed.prompts':
    '{value} of {of} prompts were answered, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.coverageCore':
    '{value} of {of} core customers were seen in time, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.coveragePotential':
    '{value} of {of} core potential customers were seen in time, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.promises':
    '{value} of {of} plans were carried out, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.overdue':
    '{value, plural, =0 {No next step is} one {One next step is} other {# next steps are}} overdue, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.feedbackIn':
    '{value, plural, =0 {No feedback} one {One feedback} other {# pieces of feedback}} came in, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.feedbackAnswered':
    '{value, plural, =0 {No feedback was} one {One feedback was} other {# pieces of feedback were}} answered, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.feedbackOpen':
    '{value, plural, =0 {No feedback waits} one {One feedback waits} other {# pieces of feedback wait}} for an answer, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.advances':
    '{value, plural, =0 {No visit} one {One visit} other {# visits}} moved something forward, {direction, select, more {{change} more} other {{change} fewer}} than before.',
  'evaluation.changed.score':
    'The service score is {value}, {direction, select, more {{change} higher} other {{change} lower}} than before.',

  'evaluation.chart.title': 'Customers seen within their interval, by class',
  'evaluation.chart.day':
    '{day} {month, select, 1 {Jan} 2 {Feb} 3 {Mar} 4 {Apr} 5 {May} 6 {Jun} 7 {Jul} 8 {Aug} 9 {Sep} 10 {Oct} 11 {Nov} other {Dec}}',
  'evaluation.chart.alternative': 'Share of customers seen within their interval, from {from} to {to}. {series}.',
  'evaluation.chart.series': '{class}: {points}',

  'evaluation.attention.heading': 'Customers who need somebody next',
  'evaluation.attention.never': 'nobody was there yet',
  'evaluation.attention.overdue': 'last seen {days, plural, one {yesterday} other {# days ago}}',
  'evaluation.attention.promise':
    '{count, plural, one {a promise is {days, plural, one {a day} other {# days}} late} other {# promises are up to {days, plural, one {a day} other {# days}} late}}',
  'evaluation.attention.problem':
    '{count, plural, one {a problem} other {# problems}} unanswered {days, plural, =0 {since today} one {since yesterday} other {for # days}}',
  'evaluation.attention.score': 'service score {score}',

  'evaluation.propose.heading': 'What could be better',
  'evaluation.propose.planSilent':
    '{count, plural, one {One core or core potential customer was} other {# core or core potential customers were}} not seen for twice the interval: plan {count, plural, one {it} other {them}} now.',
  'evaluation.propose.answerProblems':
    '{count, plural, one {One customer waits} other {# customers wait}} for an answer to a problem: say who answers until when.',
  'evaluation.propose.listen':
    '{count, plural, one {One customer gives} other {# customers give}} our service less than 3 of 5: a manager goes and listens.',
  'evaluation.propose.clearOverdue':
    '{count, plural, one {One next step is} other {# next steps are}} overdue: go through them together, close, move or drop them.',
  'evaluation.propose.planLess':
    '{count, plural, one {One plan was} other {# plans were}} not carried out: plan fewer things for a day.',
  'evaluation.propose.askBetter':
    '{count, plural, one {One prompt was} other {# prompts were}} not answered: ask at another time, or ask less.',
  'evaluation.propose.button.planSilent': '{count, plural, one {Plan it now} other {Plan them now}}',
  'evaluation.propose.button.answerProblems': 'Decide who answers',
  'evaluation.propose.button.listen': '{count, plural, one {Plan the visit} other {Plan the visits}}',
  'evaluation.propose.button.clearOverdue': 'Plan it',
  'evaluation.propose.button.planLess': 'Agree on it',
  'evaluation.propose.button.askBetter': 'Agree on it',

  'evaluation.win.heading': 'What went well',
  'evaluation.win.advances':
    '{count, plural, one {One visit} other {# visits}} moved something forward{named, select, all {, at {customers}} some {, among others at {customers}} other {}}.',
  'evaluation.win.praise':
    '{count, plural, one {One customer praised us} =2 {Customers praised us twice} other {Customers praised us # times}}{named, select, all {: {customers}} some {, among others: {customers}} other {}}.',
  'evaluation.win.promises': 'All {count} plans were carried out.',
  'evaluation.win.coverage':
    '{count, plural, one {The one core customer was} =2 {Both core customers were} other {All # core customers were}} seen in time.',
  'evaluation.win.answered':
    '{count, plural, one {One feedback was answered, and none is} other {# pieces of feedback were answered, and none is}} left open.',

  'evaluation.remarks': 'People’s own words',
  'evaluation.asOf': 'As of {moment}.',
  'evaluation.left.until': 'Counted until {day}.',
  'evaluation.left.away':
    'Not counted: {count, plural, one {one person} other {# people}} on leave all the time{customers, plural, =0 {} one { and their customer} other { and their # customers}}.',
  'evaluation.left.holidays': '{count, plural, one {Holiday} other {Holidays}}: {days}.',
  'evaluation.left.missed':
    '{count, plural, one {One prompt that came} other {# prompts that came}} too late {count, plural, one {does} other {do}} not count.',
  'evaluation.button.behind': 'What is behind the figures',
  'evaluation.button.more': 'More',
  'evaluation.button.before': 'The one before',

  'evaluation.more.title': '{team}: more on the {kind, select, week {week} month {month} other {quarter}}',
  'evaluation.more.visits': 'Visits and calls by class',
  'evaluation.more.coverage': 'Seen within their interval',
  'evaluation.more.ranking': 'Visits and calls by person',
  'evaluation.more.how':
    'How it is counted: a visit counts for everybody who was there. Core and core potential customers are to be seen every 14 days, balanced ones every 28, general ones every 56; days off, leave and holidays ask nothing. Classes and owners are those of today.',

  'evaluation.behind.title': 'What is behind the figures of {whose}',
  'evaluation.rows.button': 'Show',
  'evaluation.rows.spoken': 'Show what is behind: {figure}',
  'evaluation.rows.title': '{figure}: {whose}',
  'evaluation.rows.period': '{from} – {to}, as of {moment}',
  'evaluation.rows.none': 'There is nothing here.',
  'evaluation.rows.page': '{from} – {to} of {total}',
  'evaluation.rows.next': 'Next page',
  'evaluation.rows.ownOnly': 'Plans and prompts of others are shown only to who leads the team: these are your own.',
  'evaluation.rows.never': 'not seen yet',
  'evaluation.rows.seen': 'last seen {day}',
  'evaluation.rows.due': 'due {day}',
  'evaluation.rows.noDue': 'no date',
  'evaluation.rows.score': '{score} of 5',
  'evaluation.rows.hit.coverageCore': 'in time',
  'evaluation.rows.miss.coverageCore': 'not in time',
  'evaluation.rows.hit.coveragePotential': 'in time',
  'evaluation.rows.miss.coveragePotential': 'not in time',
  'evaluation.rows.hit.promises': 'carried out',
  'evaluation.rows.miss.promises': 'not carried out',
  'evaluation.rows.hit.prompts': 'answered',
  'evaluation.rows.miss.prompts': 'not answered',
  'evaluation.rows.hit.overdue': 'overdue',
  'evaluation.rows.miss.overdue': 'not due yet',
  'evaluation.rows.hit.feedbackAnswered': 'answered',
  'evaluation.rows.miss.feedbackAnswered': 'open',
  'evaluation.rows.hit.advances': 'moved forward',
  'evaluation.rows.miss.advances': 'no advance',
  'evaluation.rows.feedback':
    '{kind, select, praise {praise} problem {problem} wish {wish} price {price} other {competitor}}',
  'evaluation.rows.prompt':
    '{kind, select, morning {morning prompt} evening {evening prompt} sales {sales meeting} other {prompt}}',
  'evaluation.rows.source':
    '{source, select, customer {by the customer} salesManager {by the manager} other {by the account manager}}',

  'evaluation.unreadable':
    'There is no such period: {words}. Write for example week, last week, month 2026-10, 2026-Q3 or 2026-11-23.',
  'evaluation.notBegun': 'That {kind, select, week {week} month {month} other {quarter}} has not begun yet.',
  'evaluation.noTeam':
    'You are in no team, so there is no evaluation for you yet. An administrator adds you with {kam}team.',
  'evaluation.unknown':
    'There is no evaluation of “{words}” that you can read. {kam}digest shows your team’s, {kam}digest me your own part; a period is written like last week, month or 2026-10.',
  'evaluation.which': 'Whose evaluation?',
  'evaluation.open': 'Open',
} as const;

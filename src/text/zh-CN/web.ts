import type { web as en } from '../en/web.ts';

export const web: Record<keyof typeof en, string> = {
  'web.gone.title': '链接无法打开',
  'web.gone.words': '链接可能没有复制完整、已经过期，或者已被收回。请向发给您链接的人要一个新的。',
  'web.tooMany.title': '请稍等',
  'web.tooMany.words': '短时间内打开次数过多，请一分钟后再试。',
  'web.tooLarge.title': '内容太长',
  'web.tooLarge.words': '没有保存任何内容。请返回上一页，缩短文字后重新提交。',
  'web.unreadable.title': '内容无法读取',
  'web.unreadable.words': '没有保存任何内容。请重新打开链接，在页面上填写后提交。',
  'web.broken.title': '我们这边出了点问题',
  'web.broken.words': '请返回上一页，几分钟后再试：您填写的内容还在浏览器里。',
  'web.busy.title': '暂时无法处理',
  'web.busy.words': '请返回上一页，几分钟后再试：您填写的内容还在浏览器里。',
  'web.code': '代码：{code}',
};

import type { chat as en } from '../en/chat.ts';

export const chat: Record<keyof typeof en, string> = {
  'chat.help.title': 'KAM 能帮您做什么',
  'chat.help.intro': '输入下面任意一句即可。除非特别说明，回复只有您自己能看到。',
  'chat.help.unknown': '暂时不认识“{word}”。可以用下面这些词：',
  'chat.form.more': '更多内容',
  'chat.form.cancel': '取消',
  'chat.form.problems': '请检查标出的内容。',
  'chat.form.required': '这一项必填。',
  'chat.form.tooLong': '现在有 {length, number} 个字，最多 {max, number} 个，请精简一下。',
  'chat.form.tooMany': '这里最多选 {max, number} 项。',
  'chat.form.notADay': '请在日历上选一天。',
  'chat.form.notANumber': '请填 {min, number} 到 {max, number} 之间的数字。',
  'chat.form.notAnOption': '请从列表里选一项。',
  'chat.form.notAColleague': '请只选本工作区的正式成员，访客和机器人不能参与。',
  'chat.form.notOpened': '表单没能及时打开，请再试一次。',
  'chat.form.closed': '这张表单已经失效，请重新打开。',
  'chat.lookUp.none': '没有找到“{query}”',
  'chat.busy.form': '还没保存：KAM 暂时连不上数据库。您填的内容都还在，请稍等片刻再点一次。（{code}）',
  'chat.busy.other': 'KAM 暂时连不上数据库，什么都没有改动，请稍后再试。（{code}）',
  'chat.surprise.form':
    '没有保存：我们这边出了点问题。您填的内容都还在，请再试一次；如果还不行，请把代码 {code} 告诉管理员。',
  'chat.surprise.other': '我们这边出了点问题，什么都没有改动。请再试一次；如果还不行，请把代码 {code} 告诉管理员。',
  'chat.notAllowed': '您的角色没有这个权限，如有需要请联系管理员。',
  'chat.notFound': '找不到这条记录了，可能已被删除，或者您没有查看权限。',
  'chat.outsider': 'KAM 仅供本工作区的正式成员使用。',
  'chat.notSetUp': 'KAM 还没有启用。请工作区所有者、管理员或安装时指定的管理员输入“{kam}设置”，两分钟就能设置好。',
  'chat.closeDetails': '关闭',
  'chat.more': '……还有 {count, number} 条',
  'chat.undeliverable.person': 'KAM 发给一位同事的消息没能送达（{reason}），请确认各位同事都还在工作区里。',
  'chat.undeliverable.channel':
    'KAM 有一条消息没能发到频道 {channel}（{reason}）。请重新把 KAM 拉进频道，或用 {kam}团队 换一个频道。',
};

/** What those read who have not answered yet. */
export const reminding = {
  'reminding.words': '{meeting}还没收到您的回复，{until}前回答即可，一句话也行。',
  'reminding.answer': '回答',
  'reminding.skip': '跳过',
};

/** What the kernel says: errors, help, forms. */
export const chat = {
  'chat.help.title': 'What KAM can do',
  'chat.help.intro': 'Type one of these. Everything is private unless it says otherwise.',
  'chat.help.unknown': 'I don’t know “{word}” yet. These are the words I know:',
  'chat.home.there': 'Your page is up to date. You find it in my Home tab.',
  'chat.form.more': 'More details',
  'chat.form.cancel': 'Cancel',
  'chat.form.problems': 'Please check the marked answers.',
  'chat.form.required': 'Please fill this in.',
  'chat.form.tooLong': 'That is {length, number} characters; {max, number} fit here. Please shorten it.',
  'chat.form.tooMany': 'At most {max, number} can be chosen here.',
  'chat.form.notADay': 'Please choose a day from the calendar.',
  'chat.form.notANumber': 'Please type a number from {min, number} to {max, number}.',
  'chat.form.notAnOption': 'Please choose one of the list.',
  'chat.form.notAColleague': 'Please choose full members of this workspace only; guests and bots can’t take part.',
  'chat.form.notOpened': 'The form didn’t open in time. Please try once more.',
  'chat.form.closed': 'This form is no longer open. Please open it again.',
  'chat.form.dependent': 'Show what goes with this choice',
  'chat.form.none': '(none)',
  'chat.form.sendFile':
    'Send the file to me here as an attachment{count, plural, =0 {} other { ({endings})}}; it will then appear in this form.',
  'chat.form.fileGiven': 'Received: {name}',
  'chat.form.noChannel': 'KAM is in no channel yet. Add it to a team, then open this form again.',
  'chat.private.elsewhere': 'I have answered you in our own chat.',
  'chat.private.later': 'Teams is busy right now. My answer follows in our own chat.',
  'chat.private.unreachable':
    'I can’t write to you in a chat of our own yet. Open a chat with me once, then try again.',
  'chat.form.notYours': 'This form was asked of somebody else. Open your own with the same words.',
  'chat.form.left': 'Closed without saving.',
  'chat.form.saved': 'Saved.',
  'chat.file.noForm':
    'I can’t tell what this file is for. Open the form that asks for a file first, then send it again.',
  'chat.lookUp.none': 'Nothing matches “{query}”',
  'chat.busy.form':
    'Not saved yet: KAM can’t reach its database. Everything you typed is still here, so press the button again in a moment. ({code})',
  'chat.busy.other':
    'KAM can’t reach its database right now. Nothing was changed. Please try again in a moment. ({code})',
  'chat.surprise.form':
    'Not saved: something went wrong on our side. What you typed is still here; please try again. If it happens again, tell your administrator the code {code}.',
  'chat.surprise.other':
    'Something went wrong on our side and nothing was changed. Please try again; if it happens again, tell your administrator the code {code}.',
  'chat.notAllowed': 'Your role doesn’t allow this. Ask an administrator if you need it.',
  'chat.notFound': 'I can’t find that any more. It may have been removed, or it isn’t yours to see.',
  'chat.outsider': 'KAM is only for full members of this workspace.',
  'chat.notSetUp':
    'KAM isn’t set up here yet. A workspace owner or admin, or whoever was named administrator at the installation, can do it in two minutes with {kam}setup.',
  'chat.closeDetails': 'Close',
  'chat.more': '… and {count, number} more',
  'chat.undeliverable.fault':
    'KAM could not deliver a message to {to}, by a fault of its own. Its log says what went wrong.',
  'chat.undeliverable.person':
    'KAM could not deliver a message to {person} ({reason}). Please check that they still belong to the workspace and have not blocked KAM.',
  'chat.undeliverable.someone': 'a colleague',
  'chat.undeliverable.channel':
    'A message of KAM could not be delivered to the channel {channel} ({reason}). Invite KAM to it again, or choose another channel in {kam}team or {kam}meeting.',
} as const;

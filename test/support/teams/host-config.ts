/** How Teams lays out cards on the desktop, light theme, as far as the look of its cards tells; read by `adaptivecards`. */
const colors = (normal: string, subtle: string) => ({ default: normal, subtle });
const foregroundColors = {
  default: colors('#242424', '#616161'),
  dark: colors('#242424', '#616161'),
  light: colors('#ffffff', '#e0e0e0'),
  accent: colors('#5b5fc7', '#7f85f5'),
  good: colors('#237b4b', '#13a10e'),
  warning: colors('#835c00', '#c87000'),
  attention: colors('#c4314b', '#d74654'),
};
const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });

export const teamsHostConfig = {
  choiceSetInputValueSeparator: ',',
  supportsInteractivity: true,
  fontFamily: '"Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Noto Color Emoji", sans-serif',
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  textStyles: { heading: {} },
  containerStyles: {
    default: style('#ffffff'),
    emphasis: style('#f5f5f5'),
    accent: style('#e8ebfa'),
    good: style('#e7f2da'),
    attention: style('#fcf4f6'),
    warning: style('#fbf6d9'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { size: 'small', spacing: 'small' },
    allowDynamicallyFilteredChoiceSet: false,
  },
};

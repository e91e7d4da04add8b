/** What the accounts slice says. */
export const accounts = {
  'accounts.class.core': 'Core',
  'accounts.class.corePotential': 'Core potential',
  'accounts.class.balanced': 'Balanced',
  'accounts.class.general': 'General',
  'accounts.lookUp.add': 'Add “{name}” as a new customer',
} as const;

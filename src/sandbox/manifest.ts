import { z } from 'zod';

const command = z.object({
  command: z.string().startsWith('/').max(32),
  description: z.string().max(2000).default(''),
  usage_hint: z.string().max(1000).default(''),
  should_escape: z.boolean().default(false),
});

const shortcut = z.object({
  name: z.string().max(24),
  type: z.enum(['global', 'message']),
  callback_id: z.string().max(255),
  description: z.string().max(150).default(''),
});

/** The parts of a Slack app manifest that the sandbox acts by; other parts are let through unread. */
export const manifestSchema = z.object({
  features: z
    .object({
      app_home: z
        .object({
          home_tab_enabled: z.boolean().default(false),
          messages_tab_enabled: z.boolean().default(true),
          messages_tab_read_only_enabled: z.boolean().default(false),
        })
        .optional(),
      slash_commands: z.array(command).max(50).default([]),
      shortcuts: z.array(shortcut).max(10).default([]),
    })
    .default({ slash_commands: [], shortcuts: [] }),
  settings: z
    .object({
      event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).optional(),
    })
    .default({}),
});

/** A manifest as it is written in the file. */
export type Manifest = z.input<typeof manifestSchema>;

/** A manifest as the sandbox reads it, defaults filled in. */
export type AppManifest = z.output<typeof manifestSchema>;

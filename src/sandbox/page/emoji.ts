/** The short codes a business bot uses; an unknown code stays as it was written. */
const COMMON = `
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|negative_squared_cross_mark ❎|warning ⚠️
information_source ℹ️|question ❓|exclamation ❗|bangbang ‼️|no_entry ⛔|no_entry_sign 🚫|octagonal_sign 🛑|bulb 💡
bell 🔔|no_bell 🔕|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|clock8 🕗|clock830 🕣|clock9 🕘
calendar 📆|date 📅|spiral_calendar_pad 🗓️|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|page_facing_up 📄|bookmark 🔖
file_folder 📁|open_file_folder 📂|paperclip 📎|link 🔗|pushpin 📌|round_pushpin 📍|mag 🔍|mag_right 🔎|lock 🔒|key 🔑
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|dollar 💵|yen 💴|credit_card 💳
office 🏢|factory 🏭|department_store 🏬|house 🏠|globe_with_meridians 🌐|earth_asia 🌏|cn 🇨🇳|us 🇺🇸|gb 🇬🇧|de 🇩🇪
handshake 🤝|wave 👋|clap 👏|pray 🙏|raised_hands 🙌|muscle 💪|point_right 👉|point_left 👈|point_up ☝️|point_down 👇
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|ok_hand 👌|v ✌️|eyes 👀|speech_balloon 💬|left_speech_bubble 🗨️|thought_balloon 💭
loudspeaker 📢|mega 📣|telephone_receiver 📞|phone ☎️|iphone 📱|computer 💻|email 📧|envelope ✉️|inbox_tray 📥|outbox_tray 📤
bust_in_silhouette 👤|busts_in_silhouette 👥|necktie 👔|briefcase 💼|car 🚗|train 🚆|airplane ✈️|rocket 🚀|dart 🎯
trophy 🏆|medal 🏅|first_place_medal 🥇|star ⭐|star2 🌟|sparkles ✨|fire 🔥|zap ⚡|boom 💥|100 💯|gift 🎁|tada 🎉
confetti_ball 🎊|balloon 🎈|cake 🍰|coffee ☕|tea 🍵|beers 🍻|sunny ☀️|sunrise 🌅|partly_sunny ⛅|cloud ☁️|umbrella ☔
crescent_moon 🌙|city_sunset 🌆|red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢
large_blue_circle 🔵|white_circle ⚪|black_circle ⚫|small_blue_diamond 🔹|small_orange_diamond 🔸|large_blue_diamond 🔷
heart ❤️|green_heart 💚|broken_heart 💔|smile 😄|smiley 😃|grinning 😀|slightly_smiling_face 🙂|wink 😉|blush 😊
joy 😂|thinking_face 🤔|neutral_face 😐|worried 😟|cry 😢|slightly_frowning_face 🙁|disappointed 😞|sweat_smile 😅
arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|arrow_upper_right ↗️|arrow_lower_right ↘️|arrows_counterclockwise 🔄
repeat 🔁|leftwards_arrow_with_hook ↩️|heavy_plus_sign ➕|heavy_minus_sign ➖|wrench 🔧|hammer_and_wrench 🛠️|gear ⚙️
wastebasket 🗑️|seedling 🌱|evergreen_tree 🌲|herb 🌿|robot_face 🤖|checkered_flag 🏁|triangular_flag_on_post 🚩|new 🆕`;

const BY_CODE = new Map(
  COMMON.trim()
    .split(/[|\n]/)
    .map((pair) => pair.split(' ') as [string, string]),
);

/** The character of a short code (without colons), or undefined. */
export const emoji = (code: string): string | undefined => BY_CODE.get(code);

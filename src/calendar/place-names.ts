/**
 * Where public holidays can be worked out: the countries of date-holidays, by ISO 3166-1 code. Kept here because that
 * package is too large to be loaded for a list of names; a test compares them with it.
 */
export const countries: readonly string[] = [
  'AD AE AG AI AL AM AO AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BW BY BZ CA CC CD',
  'CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FO FR GA GB GD',
  'GE GF GG GH GI GL GM GN GP GQ GR GT GU GW GY HK HN HR HT HU IC ID IE IL IM IN IR IS IT JE JM JP KE KM KN KR',
  'KY KZ LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MK ML MQ MR MS MT MU MW MX MY MZ NA NC NE NF NG NI NL NO',
  'NZ PA PE PF PH PK PL PM PR PT PY RE RO RS RU RW SA SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SZ TC',
  'TD TG TH TN TO TR TT TW TZ UA UG US UY UZ VA VC VE VG VI VN VU WF XK YT ZA ZM ZW',
].flatMap((line) => line.split(' '));

/**
 * Their parts with holidays of their own: the code of date-holidays (after a hyphen the part of a part), the name, and
 * after strokes other names that people know it by. The names are those of date-holidays (CC BY 3.0), shortened.
 */
export const parts: Readonly<Record<string, string>> = {
  AD: '03 Encamp; 07 Andorra la Vella',
  AG: '10 Barbuda',
  AT: '1 Burgenland; 2 Carinthia; 3 Lower Austria; 4 Upper Austria; 5 Salzburg; 6 Styria; 7 Tyrol; 8 Vorarlberg; 9 Vienna',
  AU: 'ACT Australian Capital Territory; NSW New South Wales; NT Northern Territory; QLD Queensland; SA South Australia; TAS Tasmania; VIC Victoria; WA Western Australia',
  BA: 'BIH Federation of Bosnia and Herzegovina; BIH-W Western Herzegovina; BRC Brčko District; SRP Republika Srpska',
  BE: 'BRU Bruxelles; DE Deutschsprachige Gemeinschaft; VLG Vlaamse Gemeenschap; WAL Communauté française',
  BO: 'B Beni; C Cochabamba; H Chuquisaca; L La Paz; N Pando; O Oruro; P Potosí; S Santa Cruz; T Tarija',
  BQ: 'BO Bonaire; SA Saba; SE Sint Eustatius',
  BR: 'AC Acre; AL Alagoas; AM Amazonas; AP Amapá; BA Bahia; CE Ceará; DF Distrito Federal; ES Espírito Santo; GO Goiás; GO-GOIANIA Goiânia; MA Maranhão; MG Minas Gerais; MG-BH Belo Horizonte; MS Mato Grosso do Sul; MT Mato Grosso; PA Pará; PB Paraíba; PE Pernambuco; PE-RE Recife; PI Piauí; PR Paraná; PR-CU Curitiba; RJ Rio de Janeiro; RJ-RJ Rio de Janeiro; RN Rio Grande do Norte; RO Rondônia; RR Roraima; RS Rio Grande do Sul; SC Santa Catarina; SE Sergipe; SP São Paulo; SP-SP São Paulo; TO Tocantins',
  CA: 'AB Alberta; BC British Columbia; MB Manitoba; NB New Brunswick; NL Newfoundland and Labrador; NS Nova Scotia; NT Northwest Territories; NU Nunavut; ON Ontario; PE Prince Edward Island; QC Quebec; SK Saskatchewan; YT Yukon',
  CH: 'ZH Zürich; BE Bern; LU Lucerne; UR Uri; SZ Schwyz; OW Obwalden; NW Nidwalden; GL Glarus; ZG Zug; FR Fribourg; SO Solothurn; BS Basel-City; BL Basel-Country; SH Schaffhausen; AR Appenzell Outer Rhodes; AI Appenzell Inner-Rhodes; SG St. Gallen; GR Grisons; AG Aargau; TG Thurgau; TI Ticino; VD Vaud; VS Valais; NE Neuchâtel; GE Geneva; JU Jura',
  CL: 'AP Arica y Parinacota; BI Biobío; BI-CH Chillán y Chillán Viejo; NU Ñuble; NU-CH Chillán y Chillán Viejo; TA Tarapacá',
  DE: 'BB Brandenburg/勃兰登堡; BE Berlin/柏林; BW Baden-Württemberg/巴登-符腾堡; BY Bavaria/Bayern/巴伐利亚; BY-A Stadt Augsburg; BY-KATH catholic communities; BY-EVANG protestant communities; HB Bremen/不来梅; HE Hesse/Hessen/黑森; HH Hamburg/汉堡; MV Mecklenburg-Vorpommern/梅克伦堡-前波莫瑞; NI Lower Saxony/Niedersachsen/下萨克森; NW North Rhine-Westphalia/Nordrhein-Westfalen/NRW/北莱茵-威斯特法伦; RP Rhineland-Palatinate/Rheinland-Pfalz/莱茵兰-普法尔茨; SH Schleswig-Holstein/石勒苏益格-荷尔斯泰因; SL Saarland/萨尔; SN Saxony/Sachsen/萨克森; SN-BZ Landkreis Bautzen; ST Saxony-Anhalt/Sachsen-Anhalt/萨克森-安哈尔特; TH Thuringia/Thüringen/图林根; TH-EIC Landkreis Eichfeld; TH-UH Unstrut-Hainich-Kreis; TH-WAK Wartburgkreis',
  ES: 'AN Andalucía; AR Aragón; AS Asturias; CB Cantabria; CE Ceuta; CL Castile and León; CM Castile-La Mancha; CN Canary Islands; CN-EH El Hierro; CN-FU Fuerteventura; CN-GC Gran Canaria; CN-LG La Gomera; CN-LP La Palma; CN-LA Lanzarote; CN-TE Tenerife; CT Catalonia; CT-B Barcelona; EX Extremadura; GA Galicia; IB Balearic Islands; MC Murcia; MD Comunidad de Madrid; ML Melilla; NC Navarra Chartered Community; PV Basque Country; RI La Rioja; VC Valencian Community',
  FR: '57 Moselle; 67 Bas-Rhin; 68 Haut-Rhin; YT Mayotte; MQ Martinique; GP Guadeloupe; GF Guyane; RE La Réunion; MF Saint Martin; BL Saint Barthélemy',
  GB: 'ALD Alderney; ENG England; NIR Northern Ireland; SCT Scotland; WLS Wales',
  HR: '17 Split-Dalmatia; 19 Dubrovnik-Neretva',
  IC: 'EH El Hierro; FU Fuerteventura; GC Gran Canaria; LG La Gomera; LP La Palma; LA Lanzarote; TE Tenerife',
  IN: 'AN Andaman and Nicobar Islands; AP Andhra Pradesh; AR Arunachal Pradesh; AS Assam; BR Bihar; CH Chandigarh; CT Chhattisgarh; DD Daman and Diu; DL Delhi; DN Dadra and Nagar Haveli; GA Goa; GJ Gujarat; HP Himachal Pradesh; HR Haryana; JK Jammu and Kashmir; KA Karnataka; KL Kerala; LD Lakshadweep; MH Maharashtra; ML Meghalaya; MN Manipur; MP Madhya Pradesh; MZ Mizoram; NL Nagaland; OR Odisha; PB Punjab; PY Puducherry; RJ Rajasthan; SK Sikkim; TG Telangana; TN Tamil Nadu; TR Tripura; UP Uttar Pradesh; UT Uttarakhand; WB West Bengal',
  IT: '21 Piedmont; 21-TO Turin; 25 Lombardy; 25-MI Milan; 32 Südtirol; 52 Tuscany; 52-FI Florence; 62 Lazio; 62-RM Rome; 82 Sicily; 82-PA Palermo',
  MY: '10 Selangor; 11 Terengganu; 12 Sabah; 13 Sarawak; 14 Kuala Lumpur; 15 Labuan; 16 Putrajaya; 01 Johor; 02 Kedah; 03 Kelantan; 04 Malacca; 05 Negeri Sembilan; 06 Pahang; 07 Penang; 08 Perak; 09 Perlis',
  NL: 'GR Groningen; GR-GRN Groningen; NH North Holland; NH-ALK Alkmaar; ZH South Holland; ZH-BRL Brielle; ZH-LDN Leiden',
  NZ: 'AUK Auckland; BOP Bay of Plenty; CAN Canterbury; CAN-Timaru Timaru District; CIT Chatham Islands; GIS Gisborne; HKB Hawke’s Bay; MBH Marlborough; MWT Manawatu-Wanganui; NSN Nelson; NTL Northland; OTA Otago; STL Southland; TAS Tasman; TKI Taranaki; WKO Waikato; WGN Wellington; WTC Westland; WTC-Buller Buller district',
  PK: 'BA Balochistan; GB Gilgit-Baltistan; IS Islamabad; JK Azad Kashmir; KP Khyber Pakhtunkhwa; PB Punjab; SD Sindh',
  RU: 'AD Republic of Adygea; AL Altai Republic; BA Republic of Bashkortostan; BEL Belgorod Oblast; BRY Bryansk Oblast; BU Republic of Buryatia; CE Chechen Republic; CU Chuvash Republic; DA Republic of Dagestan; IN Republic of Ingushetia; IRK Irkutsk Oblast; KB Kabardino-Balkar Republic; KC Karachay-Cherkess Republic; KDA Krasnodar Krai; KL Republic of Kalmykia; KO Republic of Komi; KR Republic of Karelia; MR Republic of Mordovia; NO Republic of North Ossetia-Alania; OMS Omsk Oblast; PNZ Penza Oblast; SA Sakha (Yakutia) Republic; SAR Saratov Oblast; STA Stavropol Krai; TA Republic of Tatarstan; TY Republic of Tuva; ZAB Zabaykalsky Krai',
  SO: 'AW Awdal; SA Sanaag; SO Sool; TO Togdheer; WO Woqooyi Galbeed',
  US: 'AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CA-LA Los Angeles; CO Colorado; CT Connecticut; DE Delaware; DC District of Columbia; FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky; LA Louisiana; LA-NO New Orleans; ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri; MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York; NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island; SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington; WV West Virginia; WI Wisconsin; WY Wyoming',
  VE: 'B Anzoátegui; G Carabobo; K Lara; K-BA Barquisimeto; M Miranda; N Monagas; S Táchira; V Zulia',
};

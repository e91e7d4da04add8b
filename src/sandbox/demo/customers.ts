import type { UserId } from './company.ts';

type Class = 'core' | 'corePotential' | 'balanced' | 'general';
/** Name, other names, city, contacts as "name, title, role, attitude". */
type Customer = readonly [name: string, others: string, city: string, ...contacts: string[]];

/** The demo's 60 customers, by owner and class. */
export const customers: Record<UserId, Record<Class, readonly Customer[]>> = {
  U0BECKER: {
    core: [
      [
        'Brandt Maschinenbau',
        'Brandt',
        'Stuttgart',
        'Dr. Petra Lang, CFO, decisionMaker, positive',
        'Jonas Weber, Head of Quality, champion, positive',
      ],
      [
        'Falkenberg Automotive',
        'Falkenberg',
        'Munich',
        'Stefan Huber, Purchasing Director, decisionMaker, neutral',
        'Miriam Koch, Test Engineer, user, positive',
      ],
    ],
    corePotential: [
      ['Nordlicht Energie', '', 'Hamburg', 'Uwe Petersen, Head of Operations, sponsor, neutral'],
      [
        'Rheintal Chemie',
        'RTC',
        'Ludwigshafen',
        'Dr. Klaus Adler, Plant Manager, gatekeeper, negative',
        'Sabine Roth, Buyer, decisionMaker, neutral',
      ],
    ],
    balanced: [
      ['Alpina Feinwerktechnik', 'Alpina', 'Innsbruck', 'Lukas Egger, Managing Director, decisionMaker, positive'],
      ['Seeblick Optik', '', 'Konstanz', 'Nina Frei, Production Lead, user, positive'],
      ['Havel Pumpen', '', 'Brandenburg', 'Ralf Stein, Maintenance, user, neutral'],
    ],
    general: [
      ['Kern & Söhne', 'Kern', 'Kassel', 'Dieter Kern, Owner, decisionMaker, unknown'],
      ['Spree Elektronik', '', 'Berlin', 'Aylin Demir, Buyer, gatekeeper, unknown'],
      ['Zugspitz Werkzeuge', '', 'Garmisch', 'Max Bauer, Workshop Lead, user, neutral'],
    ],
  },
  U0CARTER: {
    core: [
      [
        'Acme Aerospace',
        'Acme',
        'Bristol',
        'Helen Marsh, CFO, decisionMaker, positive',
        'Raj Patel, Head of Metrology, champion, positive',
      ],
      ['Northgate Rail', 'Northgate', 'Derby', 'Gareth Owen, Procurement, decisionMaker, neutral'],
    ],
    corePotential: [
      ['Fjordkraft Turbines', 'Fjordkraft', 'Bergen', 'Ingrid Solberg, CTO, sponsor, positive'],
      ['Lundqvist Marine', '', 'Gothenburg', 'Erik Lundqvist, Owner, decisionMaker, negative'],
    ],
    balanced: [
      ['Pennine Foods', '', 'Leeds', 'Carol Whit, Quality Manager, user, positive'],
      ['Albion Castings', 'Albion', 'Sheffield', 'Pete Dunn, Foundry Manager, champion, positive'],
      ['Suomi Paper', '', 'Tampere', 'Aino Virtanen, Process Engineer, user, neutral'],
    ],
    general: [
      ['Thames Plastics', '', 'Reading', 'Sue Grant, Buyer, gatekeeper, unknown'],
      ['Cotswold Dairy', '', 'Cheltenham', 'Ben Fry, Site Manager, decisionMaker, unknown'],
      ['Oresund Logistics', '', 'Malmö', 'Maja Holm, Facility, user, unknown'],
    ],
  },
  U0ROSSI: {
    core: [
      [
        'Officine Marchetti',
        'Marchetti',
        'Turin',
        'Luca Marchetti, CEO, decisionMaker, positive',
        'Elisa Conti, Quality, champion, positive',
      ],
      ['Vidrios Levante', 'Levante', 'Valencia', 'Pilar Ortega, Plant Manager, sponsor, positive'],
    ],
    corePotential: [
      ['Aeropiemonte', '', 'Milan', 'Giorgio Sala, Purchasing, gatekeeper, neutral'],
      ['Basque Forge Group', 'BFG', 'Bilbao', 'Iker Etxe, Technical Director, blocker, negative'],
    ],
    balanced: [
      ['Ceramica Ravello', '', 'Modena', 'Franca Bini, Lab Manager, user, positive'],
      ['Lisboa Packaging', '', 'Lisbon', 'João Reis, Operations, decisionMaker, neutral'],
      ['Provence Cosmétiques', '', 'Grasse', 'Amélie Blanc, Quality, user, positive'],
    ],
    general: [
      ['Olio Santini', '', 'Lucca', 'Marta Santini, Owner, decisionMaker, positive'],
      ['Athens Cement', '', 'Athens', 'Nikos Pappas, Maintenance, user, unknown'],
      ['Douro Tech', '', 'Porto', 'Rita Alves, Buyer, gatekeeper, unknown'],
    ],
  },
  U0CHENWEI: {
    core: [
      [
        '华为技术有限公司',
        '华为,Huawei',
        '上海',
        '王建国, 采购总监, decisionMaker, positive',
        '赵敏, 质量经理, champion, positive',
      ],
      ['上海精密机床厂', '上机', '上海', '周涛, 总工程师, sponsor, positive'],
    ],
    corePotential: [
      ['苏州博远电子', '博远', '苏州', '孙丽, 总经理, decisionMaker, neutral'],
      ['杭州海川新能源', '海川', '杭州', '郑凯, 设备部长, gatekeeper, negative'],
    ],
    balanced: [
      ['宁波东港塑机', '东港', '宁波', '徐磊, 品质主管, user, positive'],
      ['无锡华盛轴承', '华盛', '无锡', '朱琳, 采购经理, decisionMaker, neutral'],
      ['南通长江船务', '', '南通', '马强, 机务经理, user, positive'],
    ],
    general: [
      ['嘉兴永丰包装', '', '嘉兴', '胡军, 厂长, decisionMaker, unknown'],
      ['绍兴越城纺织', '', '绍兴', '郭敏, 设备科长, user, unknown'],
      ['合肥庐州玻璃', '', '合肥', '何勇, 采购, gatekeeper, neutral'],
    ],
  },
  U0WANGFANG: {
    core: [
      [
        '深圳腾跃机器人',
        '腾跃',
        '深圳',
        '刘洋, 首席技术官, decisionMaker, positive',
        '黄婷, 测试主管, champion, positive',
      ],
      ['广汽零部件集团', '广汽', '广州', '梁志, 采购部长, decisionMaker, neutral'],
    ],
    corePotential: [
      ['东莞联创模具', '联创', '东莞', '罗斌, 总经理, decisionMaker, neutral'],
      ['珠海蓝湾医疗', '蓝湾', '珠海', '谢芸, 研发总监, sponsor, positive'],
    ],
    balanced: [
      ['佛山南海陶瓷', '南海陶瓷', '佛山', '邓辉, 生产经理, user, positive'],
      ['厦门鹭岛光电', '鹭岛', '厦门', '苏颖, 品质总监, champion, positive'],
      ['惠州恒通线缆', '恒通', '惠州', '彭飞, 采购, gatekeeper, neutral'],
    ],
    general: [
      ['中山明灯照明', '', '中山', '曾辉, 厂长, decisionMaker, unknown'],
      ['南宁桂糖食品', '', '南宁', '韦丽, 设备主管, user, unknown'],
      ['海口椰风饮料', '', '海口', '符强, 采购, gatekeeper, unknown'],
    ],
  },
  U0LIQIANG: {
    core: [
      [
        '北京中科智造',
        '中科智造',
        '北京',
        '张宏, 院长, decisionMaker, positive',
        '高洁, 实验室主任, champion, positive',
      ],
      ['天津渤海钢铁', '渤钢', '天津', '冯刚, 设备总监, sponsor, neutral'],
    ],
    corePotential: [
      ['青岛海润家电', '海润', '青岛', '于波, 供应链总监, decisionMaker, neutral'],
      ['大连重工起重', '大重', '大连', '姜涛, 技术部长, blocker, negative'],
    ],
    balanced: [
      ['济南泉城水务', '泉城水务', '济南', '宋颖, 运维经理, user, positive'],
      ['沈阳飞轮制造', '', '沈阳', '董浩, 质量部长, champion, positive'],
      ['太原晋能煤机', '晋能', '太原', '任杰, 采购部长, decisionMaker, neutral'],
    ],
    general: [
      ['石家庄同康制药', '', '石家庄', '石磊, 工程部, user, unknown'],
      ['呼和浩特草原乳业', '草原乳业', '呼和浩特', '白云, 品控, user, unknown'],
      ['长春一东离合器', '', '长春', '尹航, 采购, gatekeeper, unknown'],
    ],
  },
};

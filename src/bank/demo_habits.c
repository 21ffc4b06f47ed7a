/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/demo_habits.h"

#include "bank/demo_data.h"
#include "base/macros.h"

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* How a habit's other side is written: a shop, an income, a family member, the machine. */
#define SHOP .internal = DEMO_NETWORK, .kind = "purchase"
#define BILL .internal = DEMO_NETWORK, .kind = "bill"
#define OTHER_BANK .internal = DEMO_NETWORK, .kind = "transfer"
#define TRANSFER .kind = "transfer"
#define CASH .internal = DEMO_CASH, .kind = "cash", .parties = LIST("自动取款机")
#define SALARY .internal = DEMO_NETWORK, .is_income = 1, .kind = "salary"
#define INCOME .internal = DEMO_NETWORK, .is_income = 1
#define ALWAYS .permille = 1000
#define HOURS(a, b) .from_hour = (a), .to_hour = (b)
#define YUAN(a, b, s) .least = (int64_t)(a) * 100, .most = (int64_t)(b) * 100, .step = (s)

#define BREAKFAST LIST("巴比馒头", "早餐工程", "永和豆浆", "煎饼果子", "全家便利店")
#define LUNCH LIST("沙县小吃", "兰州拉面", "老乡鸡", "真功夫", "食堂一卡通", "美团外卖", "饿了么", "麦当劳")
#define METRO LIST("上海地铁", "上海地铁", "上海公交")
#define MARKET LIST("永辉超市", "盒马鲜生", "大润发", "联华超市", "叮咚买菜", "菜市场 微信收款")
#define ONLINE LIST("支付宝-淘宝", "支付宝-天猫", "微信支付-京东", "微信支付-拼多多", "支付宝-闲鱼", "当当网")
#define COFFEE LIST("瑞幸咖啡", "星巴克", "蜜雪冰城", "喜茶")
#define TAXI LIST("滴滴出行", "高德打车", "曹操出行")
#define DINNER LIST("海底捞火锅", "小杨生煎", "南翔馒头店", "外婆家", "西贝莜面村", "绿茶餐厅")
#define LEISURE LIST("万达影城", "上海博物馆", "书城", "猫眼电影", "大隐书局", "游泳馆")
#define PHARMACY LIST("华氏大药房", "国大药房", "社区卫生服务中心", "益丰大药房")

const struct demo_habit demo_habits[] = {
	/* 6001: the salary account, and the small daily one it feeds */
	{.account = "6001.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 10, ALWAYS, HOURS(9, 10), YUAN(13200, 13900, 1),
	 .parties = LIST("华东精密机械有限公司"), .text = "工资"},
	{.account = "6001.1", SALARY, .when = EVERY_YEAR, .day = 120, ALWAYS, HOURS(9, 10), YUAN(21000, 26000, 100),
	 .parties = LIST("华东精密机械有限公司"), .text = "年终奖"},
	{.account = "6001.1", .other = "6006.1", TRANSFER, .when = EVERY_MONTH, .day = 1, ALWAYS, HOURS(10, 11),
	 YUAN(3200, 3200, 1), .text = "房租"},
	{.account = "6001.1", .other = "6001.2", TRANSFER, .when = EVERY_MONTH, .day = 1, ALWAYS, HOURS(0, 1),
	 YUAN(1200, 1200, 1), .text = "生活费"},
	{.account = "6001.1", .other = "6001.2", TRANSFER, .when = EVERY_MONTH, .day = 11, ALWAYS, HOURS(12, 13),
	 YUAN(1200, 1300, 10000), .text = "生活费"},
	{.account = "6001.1", .other = "6001.2", TRANSFER, .when = EVERY_MONTH, .day = 21, ALWAYS, HOURS(12, 13),
	 YUAN(900, 1200, 10000), .text = "生活费"},
	{.account = "6001.1", .other = "6001.3", TRANSFER, .when = EVERY_MONTH, .day = 12, ALWAYS, HOURS(20, 21),
	 YUAN(1500, 1500, 1), .text = "存学费"},
	{.account = "6001.1", .other = "6003.1", TRANSFER, .when = EVERY_MONTH, .day = 2, ALWAYS, HOURS(19, 21),
	 YUAN(800, 800, 1), .text = "妈，买点好吃的"},
	{.account = "6001.1", .other = "6005.1", TRANSFER, .when = EVERY_MONTH, .day = 3, ALWAYS, HOURS(19, 22),
	 YUAN(1500, 1500, 1), .text = "生活费"},
	{.account = "6001.1", .other = "6007.1", TRANSFER, .when = EVERY_WEEKEND, .permille = 40, HOURS(14, 22),
	 YUAN(60, 180, 100), .text = "聚餐AA"},
	{.account = "6007.1", .other = "6001.1", TRANSFER, .when = EVERY_WEEKEND, .permille = 40, HOURS(14, 22),
	 YUAN(60, 180, 100), .text = "羽毛球场地"},
	{.account = "6001.1", BILL, .when = EVERY_MONTH, .day = 15, ALWAYS, HOURS(8, 9), YUAN(120, 380, 1),
	 .parties = LIST("国家电网上海电力"), .text = "电费"},
	{.account = "6001.1", BILL, .when = EVERY_MONTH, .day = 16, .permille = 500, HOURS(8, 9), YUAN(60, 110, 1),
	 .parties = LIST("上海城投水务"), .text = "水费"},
	{.account = "6001.1", BILL, .when = EVERY_MONTH, .day = 18, ALWAYS, HOURS(8, 9), YUAN(40, 140, 1),
	 .parties = LIST("上海燃气"), .text = "燃气费"},
	{.account = "6001.1", BILL, .when = EVERY_MONTH, .day = 5, ALWAYS, HOURS(9, 10), YUAN(128, 128, 1),
	 .parties = LIST("中国移动"), .text = "话费"},
	{.account = "6001.1", BILL, .when = EVERY_MONTH, .day = 8, ALWAYS, HOURS(9, 10), YUAN(99, 99, 1),
	 .parties = LIST("中国电信"), .text = "宽带费"},
	{.account = "6001.1", OTHER_BANK, .when = EVERY_MONTH, .day = 20, ALWAYS, HOURS(21, 22), YUAN(900, 2400, 1),
	 .parties = LIST("招商银行信用卡"), .text = "信用卡还款"},
	{.account = "6001.1", CASH, .when = EVERY_DAY, .permille = 25, HOURS(9, 20), YUAN(200, 800, 10000)},
	{.account = "6001.1", SHOP, .when = EVERY_WEEKEND, .permille = 120, HOURS(11, 20), YUAN(180, 560, 1),
	 .parties = DINNER, .text = "银联消费"},
	{.account = "6001.1", INCOME, .kind = "refund", .when = EVERY_DAY, .permille = 12, HOURS(10, 20), YUAN(30, 240, 10),
	 .parties = ONLINE, .text = "退款"},
	{.account = "6001.1", .other = "6005.1", TRANSFER, .when = NEW_YEARS_EVE, ALWAYS, HOURS(20, 22),
	 YUAN(1888, 1888, 1), .text = "压岁钱"},
	{.account = "6001.1", .other = "6003.1", TRANSFER, .when = NEW_YEARS_EVE, ALWAYS, HOURS(18, 20),
	 YUAN(2000, 2000, 1), .text = "妈，新年快乐"},
	{.account = "6001.2", SHOP, .when = EVERY_WORKDAY, .permille = 700, HOURS(7, 8), YUAN(5, 13, 50),
	 .parties = BREAKFAST, .text = "微信支付"},
	{.account = "6001.2", SHOP, .when = EVERY_WORKDAY, .permille = 950, HOURS(7, 9), YUAN(3, 6, 100), .parties = METRO,
	 .text = "乘车码"},
	{.account = "6001.2", SHOP, .when = EVERY_WORKDAY, .permille = 950, HOURS(17, 20), YUAN(3, 6, 100), .parties = METRO,
	 .text = "乘车码"},
	{.account = "6001.2", SHOP, .when = EVERY_WORKDAY, .permille = 960, HOURS(11, 13), YUAN(18, 38, 10),
	 .parties = LUNCH, .text = "支付宝"},
	{.account = "6001.2", SHOP, .when = EVERY_WORKDAY, .permille = 220, HOURS(9, 16), YUAN(9, 32, 10),
	 .parties = COFFEE, .text = "微信支付"},
	{.account = "6001.2", SHOP, .when = EVERY_DAY, .permille = 280, HOURS(17, 21), YUAN(45, 260, 1), .parties = MARKET,
	 .text = "微信支付"},
	{.account = "6001.2", SHOP, .when = EVERY_DAY, .permille = 130, HOURS(8, 23), YUAN(19, 320, 10), .parties = ONLINE,
	 .text = "网上消费"},
	{.account = "6001.2", SHOP, .when = EVERY_DAY, .permille = 120, HOURS(8, 23), YUAN(12, 58, 1), .parties = TAXI,
	 .text = "打车"},
	{.account = "6001.2", SHOP, .when = EVERY_WEEKEND, .permille = 260, HOURS(13, 21), YUAN(30, 140, 100),
	 .parties = LEISURE, .text = "支付宝"},
	{.account = "6001.2", SHOP, .when = EVERY_DAY, .permille = 25, HOURS(9, 18), YUAN(18, 160, 10),
	 .parties = PHARMACY, .text = "医保个人自付"},

	/* 6002: dividends, fund plans, a house with staff */
	{.account = "6002.1", INCOME, .kind = "salary", .when = EVERY_MONTH_BEFORE, .day = 15, ALWAYS, HOURS(9, 10),
	 YUAN(58000, 66000, 1), .parties = LIST("雅琴文化传播有限公司"), .text = "薪酬"},
	{.account = "6002.1", INCOME, .kind = "transfer", .when = EVERY_YEAR, .day = 618, ALWAYS, HOURS(10, 11),
	 YUAN(320000, 410000, 10000), .parties = LIST("雅琴文化传播有限公司"), .text = "分红"},
	{.account = "6002.1", OTHER_BANK, .when = EVERY_MONTH, .day = 18, ALWAYS, HOURS(10, 11), YUAN(20000, 20000, 1),
	 .parties = LIST("华夏基金管理有限公司"), .text = "基金定投"},
	{.account = "6002.1", .other = "6016.1", TRANSFER, .when = EVERY_MONTH, .day = 6, ALWAYS, HOURS(15, 17),
	 YUAN(6800, 6800, 1), .text = "钢琴课"},
	{.account = "6002.1", .other = "6002.3", TRANSFER, .when = EVERY_MONTH, .day = 1, ALWAYS, HOURS(9, 10),
	 YUAN(3000, 3000, 1), .text = "网购"},
	{.account = "6002.1", .other = "6002.2", TRANSFER, .when = EVERY_MONTH, .day = 25, ALWAYS, HOURS(9, 10),
	 YUAN(10000, 10000, 1), .text = "备用"},
	{.account = "6002.1", BILL, .when = EVERY_MONTH, .day = 9, ALWAYS, HOURS(9, 10), YUAN(1260, 1260, 1),
	 .parties = LIST("沪江物业"), .text = "物业费"},
	{.account = "6002.1", SHOP, .when = EVERY_DAY, .permille = 220, HOURS(11, 22), YUAN(80, 2600, 100),
	 .parties = LIST("恒隆广场", "久光百货", "城市超市", "和平饭店", "浦东机场免税店", "国金中心"), .text = "银联消费"},
	{.account = "6002.3", SHOP, .when = EVERY_DAY, .permille = 260, HOURS(8, 23), YUAN(29, 860, 10), .parties = ONLINE,
	 .text = "网上消费"},

	/* 6003: a pension, medicine, a grandson */
	{.account = "6003.1", INCOME, .kind = "pension", .when = EVERY_MONTH_BEFORE, .day = 15, ALWAYS, HOURS(8, 9),
	 YUAN(4862, 4862, 1), .parties = LIST("上海市社会保险事业管理中心"), .text = "养老金"},
	{.account = "6003.1", SHOP, .when = EVERY_WEEK, .day = 2, .permille = 600, HOURS(8, 10), YUAN(26, 190, 10),
	 .parties = PHARMACY, .text = "医保个人自付"},
	{.account = "6003.1", SHOP, .when = EVERY_WEEK, .day = 6, .permille = 800, HOURS(7, 9), YUAN(40, 130, 10),
	 .parties = LIST("联华超市", "菜市场", "光明牛奶"), .text = "银联消费"},
	{.account = "6003.1", BILL, .when = EVERY_MONTH, .day = 15, ALWAYS, HOURS(10, 11), YUAN(60, 140, 1),
	 .parties = LIST("国家电网上海电力"), .text = "电费"},
	{.account = "6003.1", BILL, .when = EVERY_MONTH, .day = 5, ALWAYS, HOURS(9, 10), YUAN(29, 29, 1),
	 .parties = LIST("中国移动"), .text = "话费"},
	{.account = "6003.1", CASH, .when = EVERY_MONTH, .day = 17, ALWAYS, HOURS(9, 10), YUAN(1000, 1000, 1)},
	{.account = "6003.1", .other = "6005.1", TRANSFER, .when = EVERY_MONTH, .day = 16, .permille = 700, HOURS(9, 11),
	 YUAN(300, 500, 10000), .text = "给小宇"},
	{.account = "6003.1", .other = "6005.1", TRANSFER, .when = NEW_YEARS_EVE, ALWAYS, HOURS(19, 20),
	 YUAN(2000, 2000, 1), .text = "压岁钱 奶奶"},
	{.account = "6003.1", .other = "6003.2", TRANSFER, .when = EVERY_MONTH, .day = 20, ALWAYS, HOURS(9, 10),
	 YUAN(1500, 1500, 1), .text = "存起来"},

	/* the others: enough to be real */
	{.account = "6004.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 8, ALWAYS, HOURS(9, 10), YUAN(9200, 9700, 1),
	 .parties = LIST("浦江实验小学"), .text = "工资"},
	{.account = "6004.1", .other = "6001.1", TRANSFER, .when = EVERY_MONTH, .day = 9, ALWAYS, HOURS(20, 22),
	 YUAN(3000, 3000, 1), .text = "家用"},
	{.account = "6004.1", SHOP, .when = EVERY_DAY, .permille = 550, HOURS(8, 21), YUAN(15, 330, 10), .parties = MARKET,
	 .text = "微信支付"},
	{.account = "6005.1", SHOP, .when = EVERY_DAY, .permille = 1400, HOURS(7, 22), YUAN(8, 36, 10),
	 .parties = LIST("校园食堂", "校园食堂", "校园超市", "瑞幸咖啡", "上海地铁"), .text = "校园卡"},
	{.account = "6006.1", OTHER_BANK, .when = EVERY_MONTH, .day = 4, ALWAYS, HOURS(10, 11), YUAN(4150, 4150, 1),
	 .parties = LIST("中国建设银行"), .text = "房贷"},
	{.account = "6006.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 5, ALWAYS, HOURS(9, 10), YUAN(8600, 9900, 1),
	 .parties = LIST("申通物流"), .text = "工资"},
	{.account = "6006.1", SHOP, .when = EVERY_DAY, .permille = 600, HOURS(8, 22), YUAN(20, 400, 10), .parties = MARKET},
	{.account = "6007.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 10, ALWAYS, HOURS(9, 10), YUAN(11800, 12400, 1),
	 .parties = LIST("华东精密机械有限公司"), .text = "工资"},
	{.account = "6007.1", SHOP, .when = EVERY_DAY, .permille = 900, HOURS(8, 22), YUAN(20, 480, 10), .parties = LUNCH},
	{.account = "6008.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 12, ALWAYS, HOURS(9, 10), YUAN(7800, 8200, 1),
	 .parties = LIST("虹桥门诊部"), .text = "工资"},
	{.account = "6008.1", .other = "6010.1", TRANSFER, .when = EVERY_MONTH, .day = 13, ALWAYS, HOURS(12, 13),
	 YUAN(2600, 2600, 1), .text = "合租房租"},
	{.account = "6010.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 15, ALWAYS, HOURS(9, 10), YUAN(6900, 7300, 1),
	 .parties = LIST("申城酒店管理公司"), .text = "工资"},
	{.account = "6010.1", OTHER_BANK, .when = EVERY_MONTH, .day = 16, ALWAYS, HOURS(12, 13), YUAN(5200, 5200, 1),
	 .parties = LIST("链家租房"), .text = "房租"},
	{.account = "6011.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 10, ALWAYS, HOURS(9, 10), YUAN(6100, 6600, 1),
	 .parties = LIST("蔚蓝软件有限公司"), .text = "工资"},
	{.account = "6011.1", SHOP, .when = EVERY_DAY, .permille = 800, HOURS(8, 23), YUAN(12, 300, 10), .parties = ONLINE},
	{.account = "6012.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 15, ALWAYS, HOURS(9, 10), YUAN(8800, 9300, 1),
	 .parties = LIST("东方出版社"), .text = "工资"},
	{.account = "6012.1", .other = "6014.1", TRANSFER, .when = EVERY_MONTH, .day = 20, ALWAYS, HOURS(18, 20),
	 YUAN(900, 900, 1), .text = "稿费"},
	{.account = "6013.1", OTHER_BANK, .when = EVERY_MONTH, .day = 22, ALWAYS, HOURS(9, 11), YUAN(8000, 16000, 10000),
	 .parties = LIST("永康市五金制造厂"), .text = "货款"},
	{.account = "6014.1", SHOP, .when = EVERY_DAY, .permille = 200, HOURS(10, 23), YUAN(9, 60, 10), .parties = COFFEE},
	{.account = "6015.1", SALARY, .when = EVERY_MONTH_BEFORE, .day = 25, ALWAYS, HOURS(9, 10), YUAN(9900, 10800, 1),
	 .parties = LIST("申能集团"), .text = "工资"},
	{.account = "6015.1", OTHER_BANK, .when = EVERY_MONTH, .day = 26, ALWAYS, HOURS(9, 10), YUAN(6400, 6400, 1),
	 .parties = LIST("上海银行"), .text = "车贷"},
	{.account = "6016.1", SHOP, .when = EVERY_DAY, .permille = 300, HOURS(10, 22), YUAN(50, 1800, 100),
	 .parties = DINNER},

	/* 6009: a hardware shop; its customers' payments make the statement of 100,000 rows */
	{.account = "6009.1", INCOME, .kind = "collection", .when = EVERY_DAY, .permille = 140000, HOURS(8, 20),
	 YUAN(2, 48, 10), .parties = LIST("微信收款", "微信收款", "支付宝收款", "银联收款", "数字人民币收款"),
	 .text = "五金配件"},
	{.account = "6009.1", .other = "6013.1", TRANSFER, .when = EVERY_WEEK, .day = 5, ALWAYS, HOURS(16, 18),
	 YUAN(9000, 13000, 10000), .text = "货款"},
	{.account = "6009.1", OTHER_BANK, .when = EVERY_MONTH, .day = 28, ALWAYS, HOURS(9, 10), YUAN(12000, 12000, 1),
	 .parties = LIST("上海城隍庙商业管理公司"), .text = "铺面租金"},
	{.account = "6009.1", OTHER_BANK, .when = EVERY_MONTH, .day = 10, ALWAYS, HOURS(9, 10), YUAN(19500, 23500, 100),
	 .parties = LIST("代发工资"), .text = "店员工资"},
	{.account = "6009.1", .other = "6009.2", TRANSFER, .when = EVERY_MONTH, .day = 27, ALWAYS, HOURS(20, 21),
	 YUAN(20000, 20000, 1), .text = "转存"},
};
const size_t demo_habits_count = COUNT(demo_habits);

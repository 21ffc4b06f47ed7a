/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bank/demo_data.h"

#include "base/macros.h"

/* 王建国 and 李梅 are married, 张秀英 is his mother and 王小宇 their son at university. */
const struct demo_person demo_people[] = {
	{"6001", "王建国", "19780516", true, "standard"},
	{"6002", "陈雅琴", "19711102", false, "wealth"},
	{"6003", "张秀英", "19490308", false, "senior"},
	{"6004", "李梅", "19800921", false, "standard"},
	{"6005", "王小宇", "20060714", true, "standard"},
	{"6006", "刘洋", "19751230", true, "standard"},
	{"6007", "赵磊", "19820405", true, "standard"},
	{"6008", "孙丽娜", "19900117", false, "standard"},
	{"6009", "周志强", "19690825", true, "standard"},
	{"6010", "吴敏", "19880610", false, "standard"},
	{"6011", "郑浩", "19940228", true, "standard"},
	{"6012", "冯晓燕", "19831019", false, "standard"},
	{"6013", "何伟", "19760703", true, "standard"},
	{"6014", "欧阳雪", "19971206", false, "standard"},
	{"6015", "马超", "19920511", true, "standard"},
	{"6016", "林静怡", "19860829", false, "wealth"},
};
const size_t demo_people_count = COUNT(demo_people);

/* Current accounts of class I and II earn the current rate, savings accounts the notice rate. */
#define CURRENT_PPM 500
#define NOTICE_PPM 4500

const struct demo_account demo_accounts[] = {
	{"6001.1", "6001", "current-1", "工资卡", 2865037, CURRENT_PPM},
	{"6001.2", "6001", "current-2", "日常花销", 186420, CURRENT_PPM},
	{"6001.3", "6001", "savings", "小宇学费", 4200000, NOTICE_PPM},
	{"6002.1", "6002", "current-1", NULL, 68215090, CURRENT_PPM},
	{"6002.2", "6002", "savings", "备用金", 150000000, NOTICE_PPM},
	{"6002.3", "6002", "current-2", "网购", 500000, CURRENT_PPM},
	{"6003.1", "6003", "current-1", "退休金", 5620318, CURRENT_PPM},
	{"6003.2", "6003", "savings", "养老钱", 18000000, NOTICE_PPM},
	{"6004.1", "6004", "current-1", NULL, 1934050, CURRENT_PPM},
	{"6005.1", "6005", "current-1", "校园卡", 215600, CURRENT_PPM},
	{"6006.1", "6006", "current-1", NULL, 9034512, CURRENT_PPM},
	{"6007.1", "6007", "current-1", NULL, 1267090, CURRENT_PPM},
	{"6008.1", "6008", "current-1", NULL, 3480221, CURRENT_PPM},
	{"6009.1", "6009", "current-1", "诚信五金店", 2750000, CURRENT_PPM},
	{"6009.2", "6009", "savings", NULL, 8000000, NOTICE_PPM},
	{"6010.1", "6010", "current-1", NULL, 893044, CURRENT_PPM},
	{"6011.1", "6011", "current-1", NULL, 460210, CURRENT_PPM},
	{"6012.1", "6012", "current-1", NULL, 2119980, CURRENT_PPM},
	{"6013.1", "6013", "current-1", NULL, 7750602, CURRENT_PPM},
	{"6014.1", "6014", "current-1", NULL, 318077, CURRENT_PPM},
	{"6015.1", "6015", "current-1", NULL, 1502660, CURRENT_PPM},
	{"6016.1", "6016", "current-1", NULL, 35660150, CURRENT_PPM},
};
const size_t demo_accounts_count = COUNT(demo_accounts);

const struct demo_elsewhere demo_elsewhere[] = {
	{"9102", "9981022000014470018", "王建军"},
	{"9105", "9981055000027730026", "上海沪江物业管理有限公司"},
	{"9308", "9983088000031180034", "黄海涛"},
	{"9104", "9981044000045560042", "徐佳慧"},
	{"9103", "9981033000058890059", "高文博"},
	{"9403", "9984033000062240067", "张秀兰"},
	{"9301", "9983011000077750075", "罗永明"},
	{"9310", "9983100000081130083", "苏州云帆信息技术有限公司"},
	{"9305", "9983055000096670091", "唐嘉怡"},
	{"9102", "9981022000104420109", "陈立群"},
	{"9307", "9983077000115580117", "许文强"},
	{"9303", "9983033000129910125", "上海复兴幼儿园"},
};
const size_t demo_elsewhere_count = COUNT(demo_elsewhere);

const struct demo_payee demo_payees[] = {
	{"6001", "6006.1", "房东", 0},
	{"6001", "6003.1", "妈妈", 0},
	{"6001", "6004.1", "老婆", 0},
	{"6001", "6005.1", "小宇", 0},
	{"6001", "6007.1", NULL, 0},
	{"6001", NULL, "弟弟", 0},
	{"6001", NULL, "物业费", 1},
	{"6001", NULL, NULL, 2},
	{"6002", "6016.1", NULL, 0},
	{"6002", "6009.1", "五金店", 0},
	{"6002", NULL, NULL, 9},
	{"6002", NULL, NULL, 7},
	{"6003", "6005.1", "孙子", 0},
	{"6003", "6001.1", "儿子", 0},
	{"6003", NULL, "妹妹", 5},
	{"6004", "6001.1", "老公", 0},
	{"6004", "6005.1", "小宇", 0},
	{"6004", NULL, NULL, 11},
	{"6005", "6001.1", "爸爸", 0},
	{"6006", NULL, NULL, 6},
	{"6007", "6001.1", NULL, 0},
	{"6008", "6010.1", NULL, 0},
	{"6009", "6013.1", "供货", 0},
	{"6009", NULL, NULL, 8},
	{"6010", "6008.1", NULL, 0},
	{"6011", NULL, NULL, 3},
	{"6012", "6014.1", NULL, 0},
	{"6013", "6009.1", NULL, 0},
	{"6014", "6012.1", NULL, 0},
	{"6015", NULL, NULL, 10},
	{"6016", "6002.1", NULL, 0},
};
const size_t demo_payees_count = COUNT(demo_payees);

#define NEVER_ASK                                                                                                  \
	{"Safety", "安全提醒"},                                                                                     \
		{"Nobody at the bank ever asks for your password, payment PIN or one-time code. Whoever "            \
		 "does is a fraud.",                                                                                \
		 "银行工作人员不会向您索要登录密码、支付密码或短信验证码。凡是索要的，都是诈骗。"}

const struct demo_message demo_messages[] = {
	{"6001", 0, NEVER_ASK, false},
	{"6001", 3, {"Salary received", "工资到账"},
	 {"Your salary has arrived; see the entries of your account.", "您的工资卡收到一笔代发工资，可在账户明细中查看。"}, false},
	{"6001", 21, {"Interest credited", "季度结息"},
	 {"The quarter's interest has been credited to your accounts.", "您的账户已按季结息，利息已入账。"}, true},
	{"6001", 45, {"Transfers over the holidays", "节假日转账安排"},
	 {"Over the holidays, transfers to other banks above the limit of the small-value system leave on "
	  "the next working day.",
	  "节假日期间，超过小额系统限额的跨行转账将于下一个工作日发出。"}, true},
	{"6002", 1, NEVER_ASK, false},
	{"6002", 9, {"Large certificates of deposit", "大额存单"},
	 {"A new issue opens next Monday at nine; from 200,000 yuan.", "新一期大额存单将于下周一上午九点开放认购，二十万元起存。"},
	 false},
	{"6003", 0, {"Beware of fraud", "防骗提醒"},
	 {"If a caller claims to be the police and wants a transfer, hang up, then call your family or us.",
	  "接到自称公检法、要求转账的电话，请先挂断，再打给家人或到网点找我们。"}, false},
	{"6003", 6, {"Pension received", "养老金到账"},
	 {"This month's pension has arrived.", "您本月的养老金已经到账。"}, false},
	{"6004", 2, NEVER_ASK, false},
	{"6009", 5, {"Statement ready", "对账提醒"},
	 {"Last month's statement is ready. Please check what was collected.", "上月对账单已生成，请核对收款明细。"}, false},
};
const size_t demo_messages_count = COUNT(demo_messages);

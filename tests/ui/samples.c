/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/ui/samples.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/macros.h"
#include "page/key.h"

/* One of two texts. */
struct texts {
	bool is_chinese;
};

static const char *say(const struct texts *t, const char *english, const char *chinese)
{
	return t->is_chinese ? chinese : english;
}

static void focus_at(struct sample *s, const char *block, const char *item, int64_t row)
{
	struct focus_place *place;

	snprintf(s->focus.block, sizeof(s->focus.block), "%s", block);
	place = focus_place(&s->focus, block);
	snprintf(place->item, sizeof(place->item), "%s", item);
	place->row = row;
}

static void add_keys(struct sample *s, const struct texts *t)
{
	struct page *p = &s->page;

	page_add_key(p, K_ESC, "back", say(t, "Back", "返回"));
	page_add_key(p, K_F5, "refresh", say(t, "Refresh", "刷新"));
	page_add_key(p, K_F1, "help", say(t, "Help", "帮助"));
	page_add_key(p, ':', "command", say(t, "Command", "命令"));
	page_add_key(p, K_F12, "lock", say(t, "Lock", "锁屏"));
	page_text(p, REGION_STATUS, TONE_PLAIN, say(t, "Wang Xiaoming", "王小明"));
}

static void build_home(struct sample *s, const struct texts *t)
{
	const struct {
		const char *id, *title[2], *detail[2], *badge;
	} items[] = {
		{ "accounts",
		  { "Accounts", "账户" },
		  { "Balances and statements", "余额与明细" },
		  "AC" },
		{ "transfer",
		  { "Transfer", "转账" },
		  { "To own accounts and to others", "本人账户与他人账户" },
		  "TR" },
		{ "payees",
		  { "Payees", "收款人" },
		  { "People and firms you pay", "常用收款人" },
		  "PA" },
		{ "orders",
		  { "Orders", "办理进度" },
		  { "In progress and not answered", "处理中与未答复" },
		  "OR" },
		{ "messages", { "Messages", "消息" }, { "From the bank", "银行来信" }, "2 new" },
		{ "settings",
		  { "Settings", "设置" },
		  { "Language, edition, password", "语言、版本、密码" },
		  "SE" },
	};
	struct page *p = &s->page;
	struct money total = { 12345678, "CNY" };
	struct block *b;

	page_text(p, REGION_MAIN, TONE_PLAIN, say(t, "Good morning, Xiaoming.", "小明，上午好。"));
	page_figure(p, REGION_MAIN, say(t, "Available in all accounts", "全部账户可用余额"), &total,
		    NULL);
	b = page_menu(p, REGION_MAIN, "menu",
		      say(t, "What would you like to do?", "您要办理什么业务？"));
	for (size_t i = 0; i < COUNT(items); i++)
		block_item(p, b,
			   &(struct item){ .id = items[i].id,
					   .title = items[i].title[t->is_chinese],
					   .detail = items[i].detail[t->is_chinese],
					   .badge = items[i].badge });
	b = page_details(p, REGION_SIDE, say(t, "Last login", "上次登录"));
	details_add(p, b, say(t, "When", "时间"), "2026-11-20 09:14", TONE_PLAIN);
	details_add(p, b, say(t, "Terminal", "终端"), "demo-01", TONE_PLAIN);
	details_add(p, b, say(t, "Failed tries", "失败次数"), "0", TONE_PLAIN);
	focus_at(s, "menu", "transfer", 0);
}

static int64_t entry_count(void *data)
{
	(void)data;
	return 2041;
}

static bool entry_row(void *data, int64_t index, struct row *ret)
{
	static const char *const who[2][4] = {
		{ "Salary Huaxin Electronics", "Rent November", "State Grid electricity",
		  "Lianhua supermarket" },
		{ "华信电子有限公司 工资", "十一月房租", "国家电网 电费", "联华超市" },
	};
	static const int fen[4] = { 1850000, -420000, -18634, -8850 };
	static char date[16], amount[MONEY_TEXT_MAX], balance[32];
	int kind = (int)(index % 4);

	snprintf(date, sizeof(date), "2026-%02d-%02d", 11 - (int)(index / 30 % 11),
		 28 - (int)(index % 28));
	money_show(&(struct money){ abs(fen[kind]), "CNY" }, amount);
	snprintf(balance, sizeof(balance), "%d,%03d.%02d", 123 - (int)(index % 90),
		 (int)(index * 37 % 1000), (int)(index % 100));
	*ret = (struct row){
		.text = { date, who[data != NULL][kind], amount, balance,
			  data ? "手机银行" : "Mobile" },
		.tone = { 0, 0, fen[kind] > 0 ? TONE_CREDIT : TONE_DEBIT, 0, TONE_MUTED },
	};
	return true;
}

static void build_statement(struct sample *s, const struct texts *t)
{
	static char yes;
	struct page *p = &s->page;
	struct money available = { 8250000, "CNY" };
	const struct column columns[] = {
		{ .title = say(t, "Date", "日期"), .min = 10, .max = 10 },
		{ .title = say(t, "Text", "摘要"), .min = 12 },
		{ .title = say(t, "Amount", "金额"), .align = COLUMN_RIGHT, .min = 11, .max = 14 },
		{ .title = say(t, "Balance", "余额"),
		  .align = COLUMN_RIGHT,
		  .min = 11,
		  .max = 14,
		  .priority = 1 },
		{ .title = say(t, "Channel", "渠道"), .min = 8, .max = 10, .priority = 2 },
	};
	struct table_source source = { .count = entry_count,
				       .row = entry_row,
				       .data = t->is_chinese ? &yes : NULL };
	struct block *b;

	page_figure(p, REGION_MAIN, say(t, "Available", "可用余额"), &available, NULL);
	page_table(p, "entries", "", columns, COUNT(columns), &source, NULL);
	b = page_details(p, REGION_SIDE, say(t, "Account", "账户"));
	details_add(p, b, say(t, "Number", "账号"), "**** 3456", TONE_PLAIN);
	details_add(p, b, say(t, "Booked", "账面余额"), "¥82,500.00", TONE_PLAIN);
	details_add(p, b, say(t, "Held", "冻结"), "¥0.00", TONE_PLAIN);
	focus_at(s, "entries", "", 11);
}

static void build_transfer(struct sample *s, const struct texts *t)
{
	struct page *p = &s->page;
	struct block *b = page_form(p, "form", "");

	form_add(p, b,
		 &(struct field){ .name = "from",
				  .input = FIELD_CHOICE,
				  .title = say(t, "From", "付款账户"),
				  .choice_count = 1,
				  .choices = &(struct choice_view){
					  .value = "a1",
					  .title = say(t, "Current account **** 3456",
						       "活期账户 **** 3456") } });
	form_add(p, b,
		 &(struct field){ .name = "to",
				  .input = FIELD_CHOICE,
				  .title = say(t, "Payee", "收款人"),
				  .hint = say(t, "Enter opens the list of your payees",
					      "按回车选择收款人") });
	form_add(p, b,
		 &(struct field){
			 .name = "amount",
			 .input = FIELD_AMOUNT,
			 .title = say(t, "Amount", "金额"),
			 .is_required = true,
			 .hint = say(t, "Yuan and fen, such as 1250.00", "元角分，如 1250.00"),
			 .display = say(t, "one thousand two hundred and fifty yuan",
					"人民币壹仟贰佰伍拾元整") });
	form_add(p, b,
		 &(struct field){ .name = "memo",
				  .input = FIELD_TEXT,
				  .title = say(t, "Message", "附言"),
				  .max = 60,
				  .error = say(t, "At most 60 characters", "最多 60 个字") });
	form_add(p, b,
		 &(struct field){ .name = "pin",
				  .input = FIELD_PIN,
				  .title = say(t, "Payment PIN", "支付密码"),
				  .max = 6 });
	form_add(p, b,
		 &(struct field){ .name = "save",
				  .input = FIELD_SWITCH,
				  .title = say(t, "Keep payee", "保存收款人") });
	b = page_actions(p, "do");
	block_item(p, b,
		   &(struct item){ .id = "next",
				   .title = say(t, "Continue", "下一步"),
				   .flags = ITEM_DEFAULT });
	block_item(p, b, &(struct item){ .id = "cancel", .title = say(t, "Cancel", "取消") });
	inputs_set(&s->inputs, "form", "from", "a1");
	inputs_set(&s->inputs, "form", "amount", "1250.00");
	inputs_set(&s->inputs, "form", "memo", say(t, "Thank you for dinner", "谢谢你的晚饭"));
	secret_append(inputs_get(&s->inputs, "form", "pin", true)->secret, "7304", 4);
	focus_at(s, "form", "amount", 0);
}

static void build_review(struct sample *s, const struct texts *t)
{
	struct page *p = &s->page;
	struct money amount = { 125000, "CNY" };
	struct block *b;

	page_notice(p, REGION_MAIN, TONE_WARNING,
		    say(t, "First payment to this payee", "首次向该收款人付款"),
		    say(t, "Call them if anything seems odd.", "如有疑问，请先与对方核实。"));
	page_figure(p, REGION_MAIN, say(t, "You pay", "付款金额"), &amount,
		    say(t, "one thousand two hundred and fifty yuan", "人民币壹仟贰佰伍拾元整"));
	b = page_details(p, REGION_MAIN, "");
	details_add(p, b, say(t, "Payee", "收款人"), say(t, "*iu Fang", "*芳"), TONE_STRONG);
	details_add(p, b, say(t, "Account", "账号"), "6222 **** **** 9008", TONE_PLAIN);
	details_add(p, b, say(t, "Fee", "手续费"), "¥2.00", TONE_DEBIT);
	details_add(p, b, say(t, "Total", "合计"), "¥1,252.00", TONE_DEBIT);
	details_add(p, b, say(t, "Arrives", "到账时间"),
		    say(t, "Monday 23 November, before noon", "11月23日（星期一）中午前"),
		    TONE_PLAIN);
	b = page_actions(p, "do");
	block_item(p, b,
		   &(struct item){ .id = "confirm",
				   .title = say(t, "Confirm", "确认付款"),
				   .flags = ITEM_CONFIRM });
	block_item(p, b, &(struct item){ .id = "change", .title = say(t, "Change", "修改") });
	block_item(p, b,
		   &(struct item){ .id = "cancel",
				   .title = say(t, "Do not pay", "不付了"),
				   .flags = ITEM_DANGER });
	focus_at(s, "do", "confirm", 0);
}

static void build_receipt(struct sample *s, const struct texts *t)
{
	struct page *p = &s->page;
	struct block *b;

	page_notice(p, REGION_MAIN, TONE_SUCCESS, say(t, "The bank has paid.", "转账成功。"), NULL);
	page_document(p, "receipt",
		      say(t,
			  "        BANKTERM DEMO BANK\n"
			  "        Transfer receipt\n"
			  "--------------------------------\n"
			  "Order      01JD-6001-000214\n"
			  "Payee      *iu Fang\n"
			  "Amount     CNY 1,250.00\n"
			  "Fee        CNY 2.00\n"
			  "Booked     2026-11-21 21:14:05\n"
			  "--------------------------------\n"
			  "Keep this receipt.",
			  "        示范银行\n"
			  "        转账回单\n"
			  "--------------------------------\n"
			  "业务编号   01JD-6001-000214\n"
			  "收款人     *芳\n"
			  "金额       人民币 1,250.00\n"
			  "手续费     人民币 2.00\n"
			  "记账时间   2026-11-21 21:14:05\n"
			  "--------------------------------\n"
			  "请妥善保管。"));
	page_progress(p, REGION_MAIN, say(t, "Printing", "正在打印"), 3, 8);
	b = page_actions(p, "do");
	block_item(p, b,
		   &(struct item){
			   .id = "done", .title = say(t, "Done", "完成"), .flags = ITEM_DEFAULT });
	block_item(p, b,
		   &(struct item){ .id = "again",
				   .title = say(t, "Another", "再转一笔"),
				   .flags = ITEM_DISABLED,
				   .detail = say(t, "Not now", "暂不可用") });
	focus_at(s, "do", "done", 0);
}

static const struct {
	const char *name, *title[2];
	void (*build)(struct sample *s, const struct texts *t);
} samples[] = {
	{ "home", { "Home", "首页" }, build_home },
	{ "statement", { "Home > Accounts > Statement", "首页 > 账户 > 明细" }, build_statement },
	{ "transfer", { "Home > Transfer", "首页 > 转账" }, build_transfer },
	{ "review", { "Home > Transfer > Check", "首页 > 转账 > 核对" }, build_review },
	{ "receipt", { "Home > Transfer > Receipt", "首页 > 转账 > 回单" }, build_receipt },
};

const char *const sample_names[] = {
	"home",	       "home-zh", "statement", "statement-zh", "transfer",
	"transfer-zh", "review",  "review-zh", "receipt",      "receipt-zh",
};
const size_t sample_count = COUNT(sample_names);

int sample_init(struct sample *s, const char *name)
{
	struct texts t = { .is_chinese =
				   strlen(name) > 3 && !strcmp(name + strlen(name) - 3, "-zh") };
	size_t n = strlen(name) - (t.is_chinese ? 3 : 0);

	*s = (struct sample){ 0 };
	for (size_t i = 0; i < COUNT(samples); i++)
		if (strlen(samples[i].name) == n && !strncmp(samples[i].name, name, n)) {
			page_init(&s->page, samples[i].title[t.is_chinese]);
			samples[i].build(s, &t);
			add_keys(s, &t);
			s->view = (struct view){ .focus = &s->focus, .inputs = &s->inputs };
			return 0;
		}
	return -ENOENT;
}

void sample_release(struct sample *s)
{
	page_release(&s->page);
	inputs_release(&s->inputs);
}

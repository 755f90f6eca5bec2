package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/cfd16870/contract"
)

// The words of a document, said in full.

// choiceWords say the choices of counting in full.
var choiceWords = map[string]phrase{
	"principal":                        {"principal", "本金"},
	"late charge":                      {"late charge", "逾期违约金"},
	"fixed sum":                        {"fixed sum", "固定金额"},
	"payment":                          {"payment", "付款"},
	"falls due":                        {"falls due", "到期"},
	"service credit not given yet":     {"service credit not given yet", "尚未给予的服务抵扣"},
	"paid beyond all debts":            {"paid beyond all debts", "超付款"},
	"invoice total":                    {"invoice total", "发票合计"},
	"invoice net":                      {"invoice net", "发票不含税额"},
	"invoice tax":                      {"invoice tax", "发票税额"},
	"credit":                           {"credit", "服务抵扣"},
	"deduction":                        {"deduction", "扣减"},
	"due date":                         {"due date", "应付日"},
	"status":                           {"status", "状态"},
	"invoice twice":                    {"invoice twice", "重复开票"},
	"payment back-dated":               {"payment back-dated", "付款倒签"},
	"notice late":                      {"notice late", "通知逾期"},
	"notice without effect":            {"notice without effect", "通知不生效"},
	"billed after the end":             {"billed after the end", "终止后开票"},
	"payment unmatched":                {"payment unmatched", "付款无对应债务"},
	"credit note":                      {"credit note", "红字发票"},
	"refund":                           {"refund", "退费"},
	"debt":                             {"debt", "债务"},
	"owed":                             {"owed", "尚欠"},
	"line":                             {"line", "明细"},
	"price":                            {"price", "价款"},
	"net":                              {"net", "不含税额"},
	"tax":                              {"tax", "税额"},
	"late charge not paid":             {"late charge not paid", "未付逾期违约金"},
	"late charge in all":               {"late charge in all", "逾期违约金合计"},
	"late charge by the day of record": {"late charge by the day of record", "截至所记日的逾期违约金"},
	"invoice issued":                   {"invoice issued", "开票"},
	"invoice received":                 {"invoice received", "收到发票"},
	"compliant invoice received":       {"compliant invoice received", "收到合规发票"},
	"owed and not claimed":             {"owed and not claimed", "应收未主张"},
	"over the cap of liability":        {"over the cap of liability", "超过责任上限"},
	"suspension":                       {"suspension", "中止服务"},
	"non-payment":                      {"non-payment", "因未付款解除"},
	"material breach":                  {"material breach", "因重大违约解除"},
	"convenience":                      {"convenience", "任意解除"},
	"paid":                             {"paid", "已清偿"},
	"Civil Code 564":                   {"Civil Code 564", "民法典第564条"},
	"payment due":                      {"payment due", "付款到期"},
	"limitation":                       {"limitation", "诉讼时效届满"},
	"last day to cure":                 {"last day to cure", "补正期限届满"},
	"last day of the term":             {"last day of the term", "期限届满"},
	"last day for a notice against the renewal to arrive":      {"last day for a notice against the renewal to arrive", "反对续约的通知最迟到达日"},
	"last day for a notice of a raise to arrive":               {"last day for a notice of a raise to arrive", "调价通知最迟到达日"},
	"right begins: suspension":                                 {"right begins: suspension", "权利起始：中止服务"},
	"right begins: non-payment":                                {"right begins: non-payment", "权利起始：因未付款解除"},
	"right begins: material breach":                            {"right begins: material breach", "权利起始：因重大违约解除"},
	"last day of the right: non-payment":                       {"last day of the right: non-payment", "权利届满：因未付款解除"},
	"last day of the right: material breach":                   {"last day of the right: material breach", "权利届满：因重大违约解除"},
	"late from the day after":                                  {"late from the day after", "次日起逾期"},
	"later: the term renews":                                   {"later: the term renews", "逾期则续约"},
	"later: the price stays":                                   {"later: the price stays", "逾期则价款不变"},
	"renews unless a notice prevents it":                       {"renews unless a notice prevents it", "无反对通知即续约"},
	"the provider may use it":                                  {"the provider may use it", "服务方可行使"},
	"the contract ends":                                        {"the contract ends", "合同终止"},
	"the right to end the contract begins the day after":       {"the right to end the contract begins the day after", "次日起可解除合同"},
	"lapses: Civil Code 564":                                   {"lapses: Civil Code 564", "届满消灭：民法典第564条"},
	"last dispatch by e-mail of a notice against the renewal":  {"last dispatch by e-mail of a notice against the renewal", "电子邮件反对续约的通知最迟发出"},
	"last dispatch by e-mail of a notice of a raise":           {"last dispatch by e-mail of a notice of a raise", "电子邮件调价通知最迟发出"},
	"last dispatch by courier of a notice against the renewal": {"last dispatch by courier of a notice against the renewal", "快递反对续约的通知最迟发出"},
	"last dispatch by courier of a notice of a raise":          {"last dispatch by courier of a notice of a raise", "快递调价通知最迟发出"},
	"last dispatch by post of a notice against the renewal":    {"last dispatch by post of a notice against the renewal", "邮寄反对续约的通知最迟发出"},
	"last dispatch by post of a notice of a raise":             {"last dispatch by post of a notice of a raise", "邮寄调价通知最迟发出"},
	"pooled":                   {"all targets in one figure", "各目标合并为一个数字"},
	"each":                     {"a figure for each target", "各目标分别统计"},
	"calendar month":           {"calendar month", "自然月"},
	"calendar quarter":         {"calendar quarter", "自然季度"},
	"received":                 {"receipt", "受理时间"},
	"due":                      {"the due time", "到期时间"},
	"finished":                 {"the time of completion", "完成时间"},
	"exact":                    {"the exact fraction is compared", "按分数精确比较"},
	"rounded half up to 1%":    {"compared as rounded half up to 1%", "四舍五入至 1% 后比较"},
	"rounded half up to 0.1%":  {"compared as rounded half up to 0.1%", "四舍五入至 0.1% 后比较"},
	"rounded half up to 0.01%": {"compared as rounded half up to 0.01%", "四舍五入至 0.01% 后比较"},
	"customer":                 {"customer", "客户"},
	"provider":                 {"provider", "服务方"},
}

// choice is a word of the document, said in full.
func (l language) choice(word string) string {
	if p, ok := choiceWords[word]; ok {
		return l.of(p)
	}
	return word
}

// unitWords are the units of a span in Chinese.
var unitWords = map[string]string{
	"clock second": "秒（自然时间）", "clock minute": "分钟（自然时间）", "clock hour": "小时（自然时间）",
	"service second": "秒（服务时间）", "service minute": "分钟（服务时间）", "service hour": "小时（服务时间）",
	"working day": "个工作日",
}

// span is a span of the document in the language of the statement.
func (l language) span(v contract.Span) string {
	n, unit, _ := strings.Cut(v.String(), " ")
	if word, ok := unitWords[strings.TrimSuffix(unit, "s")]; ok && l == chinese {
		return n + " " + word
	}
	return v.String()
}

// clause is a printed clause number as a sentence names it.
func (l language) clause(printed string) string {
	switch contents, ok := strings.CutPrefix(printed, "contents "); {
	case l == chinese && ok:
		return "目录第 " + contents + " 条"
	case l == chinese:
		return "第 " + strings.ReplaceAll(printed, "contents ", "目录 ") + " 条"
	case ok:
		return printed
	}
	return "clause " + printed
}

// elapsed writes a duration as hours, minutes and seconds: 0:12:30.
func elapsed(d time.Duration) string {
	sign := ""
	if d < 0 {
		sign, d = "-", -d
	}
	s := fmt.Sprintf("%s%d:%02d:%02d", sign, d/time.Hour, d/time.Minute%60, d/time.Second%60)
	if rest := d % time.Second; rest != 0 {
		s += strings.TrimRight(fmt.Sprintf(".%09d", rest), "0")
	}
	return s
}

// share writes part of whole as a percentage to two places, half up. It is for
// display: what is compared is the fraction.
func share(part, whole int64) string {
	if whole == 0 {
		return ""
	}
	n := (part*20000 + whole) / (2 * whole)
	return fmt.Sprintf("%d.%02d%%", n/100, n%100)
}

// twoPlaces writes a percentage that the library gave in the same way.
func twoPlaces(p contract.Percent) string {
	rounded, err := p.Round(2, contract.RoundHalfUp)
	if err != nil {
		return p.String()
	}
	whole, places, _ := strings.Cut(strings.TrimSuffix(rounded.String(), "%"), ".")
	return whole + "." + (places + "00")[:2] + "%"
}

// periodLabel writes a month as 2024-08, a quarter as 2024-Q3.
func periodLabel(p contract.Period) string {
	y, m, d := p.From.Date()
	if d == 1 {
		if month, err := p.From.AddMonths(1, contract.MonthEndLast); err == nil && p.Until == month {
			return fmt.Sprintf("%04d-%02d", y, int(m))
		}
		if quarter, err := p.From.AddMonths(3, contract.MonthEndLast); err == nil && p.Until == quarter && (m-1)%3 == 0 {
			return fmt.Sprintf("%04d-Q%d", y, (int(m)+2)/3)
		}
	}
	return p.String()
}

// wide reports whether a character takes two columns of a terminal.
func wide(c rune) bool {
	switch {
	case c < 0x1100:
		return false
	case c <= 0x115F, // Hangul Jamo
		c >= 0x2E80 && c <= 0x303E, // CJK radicals and punctuation
		c >= 0x3041 && c <= 0x33FF, c >= 0x3400 && c <= 0x4DBF, c >= 0x4E00 && c <= 0x9FFF,
		c >= 0xA000 && c <= 0xA4CF, c >= 0xAC00 && c <= 0xD7A3, c >= 0xF900 && c <= 0xFAFF,
		c >= 0xFE30 && c <= 0xFE6F, c >= 0xFF00 && c <= 0xFF60, c >= 0xFFE0 && c <= 0xFFE6,
		c >= 0x1F300 && c <= 0x1FAFF, c >= 0x20000 && c <= 0x3FFFD:
		return true
	}
	return false
}

// width is the number of columns that a text takes.
func width(s string) int {
	n := 0
	for _, c := range s {
		n++
		if wide(c) {
			n++
		}
	}
	return n
}

// wrap breaks a text into lines of at most so many columns: at spaces, and
// between wide characters, but not before closing punctuation or after opening.
func wrap(s string, most int) []string {
	var lines []string
	line, columns := "", 0
	for _, piece := range pieces(s) {
		n := width(piece)
		if columns > 0 && columns+width(strings.TrimRight(piece, " ")) > most {
			lines = append(lines, strings.TrimRight(line, " "))
			line, columns = "", 0
			if piece = strings.TrimLeft(piece, " "); piece == "" {
				continue
			}
			n = width(piece)
		}
		line += piece
		columns += n
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces cuts a text where it may be broken: after spaces and around wide
// characters.
func pieces(s string) []string {
	var list []string
	piece := ""
	var before rune
	for _, c := range s {
		breaks := before == ' ' && c != ' ' ||
			piece != "" && c != ' ' && (wide(c) || wide(before)) && !strings.ContainsRune("，。；：、）》”’！？％", c) && !strings.ContainsRune("（《“‘", before)
		if breaks && piece != "" {
			list = append(list, piece)
			piece = ""
		}
		piece += string(c)
		before = c
	}
	if piece != "" {
		list = append(list, piece)
	}
	return list
}

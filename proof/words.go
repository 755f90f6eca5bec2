package proof

// A phrase is one thing said in each language.
type phrase struct{ en, zh string }

func (p phrase) in(lang Language) string {
	if lang == Chinese {
		return p.zh
	}
	return p.en
}

// names are what figures are called. A name that is not here is printed as it is.
var names = map[string]phrase{
	"received":                       {"received", "收到时间"},
	"within":                         {"within", "约定时限"},
	"due":                            {"due", "截止时间"},
	"service hours":                  {"service hours", "服务时间"},
	"weekdays":                       {"weekdays", "工作日所在星期"},
	"make-up days":                   {"make-up days", "调休上班日"},
	"holidays":                       {"holidays", "节假日"},
	"calendar":                       {"calendar", "日历"},
	"agreed hours":                   {"agreed hours", "另行约定的服务时间"},
	"zone":                           {"zone", "时区"},
	"working days":                   {"working days", "工作日"},
	"make-up days as working days":   {"make-up days as working days", "调休上班日是否计为工作日"},
	"a working day without a window": {"a working day without a window", "无服务时间的工作日"},
	"day of receipt":                 {"day of receipt", "收到当日"},
	"last day":                       {"last day", "最后一日"},
	"ends":                           {"ends", "届满方式"},
	"paused":                         {"paused", "暂停"},
	"skips":                          {"skips", "暂停的扣除方式"},
	"paused service time":            {"paused service time", "暂停的服务时间"},
	"start":                          {"start", "起算时间"},
	"starts":                         {"starts", "起算方式"},
	"responded":                      {"responded", "响应时间"},
	"arrived":                        {"arrived", "到场时间"},
	"restored":                       {"restored", "恢复时间"},
	"resolved":                       {"resolved", "解决时间"},
	"accepted":                       {"accepted", "受理时间"},
	"as of":                          {"as of", "计算基准时间"},
	"overrun":                        {"overrun", "超时时长"},
	"overrun in service time":        {"overrun in service time", "超时时长（服务时间）"},
	"late":                           {"late", "是否逾期"},
	"rolled":                         {"rolled", "顺延后的时间"},
	"rolls":                          {"rolls", "顺延方式"},
	"used":                           {"used", "已用时长"},
	"left":                           {"left", "剩余时长"},
	"met":                            {"met", "达标数"},
	"breached":                       {"breached", "违约数"},
	"open and late":                  {"open and late", "未完成且已逾期数"},
	"measurements counted":           {"measurements counted", "计入考核的次数"},
	"attainment":                     {"attainment", "达标率"},
	"attainment at least":            {"attainment at least", "约定达标率"},
	"satisfied":                      {"satisfied", "满意"},
	"good answers":                   {"good answers", "计为满意的评价数"},
	"excuse":                         {"excuse", "免责事由"},
	"breach":                         {"breach", "是否违约"},
	"within, on the clock":           {"within, on the clock", "约定时限（自然时间）"},
	"within, service time":           {"within, service time", "约定时限（服务时间）"},
	"within, working days":           {"within, working days", "约定时限（工作日）"},
	"valid answers":                  {"valid answers", "有效评价数"},
	"satisfaction":                   {"satisfaction", "满意率"},
	"satisfaction at least":          {"satisfaction at least", "约定满意率"},
	"reached":                        {"reached", "是否达到"},
	"event":                          {"event", "事件时间"},
	"cancelled":                      {"cancelled", "撤销时间"},
	"open at receipt":                {"open at receipt", "收到时是否在服务时间内"},
	"service time":                   {"service time", "服务时长"},
	"offset":                         {"offset", "时区偏移"},
	"from":                           {"from", "起"},
	"to":                             {"to", "止"},
	"excused":                        {"excused", "免责数"},
	"places":                         {"places", "小数位数"},
	"rounding":                       {"rounding", "舍入方式"},
	"automatic reply":                {"automatic reply", "自动回复时间"},
	"workaround":                     {"workaround", "临时措施时间"},
	"weight":                         {"weight", "权重"},
	"very satisfied":                 {"very satisfied", "非常满意"},
	"neutral":                        {"neutral", "一般"},
	"dissatisfied":                   {"dissatisfied", "不满意"},
	"very dissatisfied":              {"very dissatisfied", "非常不满意"},
}

// words are the choices that a contract states. Others, such as mon-fri or ends
// 18:00, are made up of the parts below them; what is neither is printed as it is.
var words = map[string]phrase{
	"closed":                         {"closed", "不服务"},
	"open":                           {"open", "照常服务"},
	"closed on statutory days only":  {"closed on statutory days only", "仅法定节假日不服务"},
	"count":                          {"count", "计入"},
	"ignored":                        {"ignored", "不计入"},
	"wholly paused days are skipped": {"wholly paused days are skipped", "全天暂停的工作日不计"},
	"touched days are skipped":       {"touched days are skipped", "涉及暂停的工作日不计"},
	"paused service time is added":   {"paused service time is added", "暂停的服务时间予以顺延"},
	"next opening":                   {"next opening", "下一次开始服务时"},
	"closing":                        {"closing", "当日服务结束时"},
	"24:00":                          {"24:00", "当日24:00"},
	"same time of day":               {"same time of day", "同一钟点"},
	"runs":                           {"runs", "照常计时"},
	"not measured":                   {"not measured", "不计入考核"},
	"none":                           {"none", "不顺延"},
	"half up":                        {"half up", "四舍五入"},
	"half even":                      {"half to even", "四舍六入五成双"},
	"half down":                      {"half down", "五舍六入"},
	"up":                             {"up", "向上进位"},
	"down":                           {"down", "舍去"},
	"never":                          {"never", "无"},
	"yes":                            {"yes", "是"},
	"no":                             {"no", "否"},
}

// dayNames are the weekdays, by time.Weekday.
var dayNames = [7]phrase{
	{"Sun", "周日"}, {"Mon", "周一"}, {"Tue", "周二"}, {"Wed", "周三"}, {"Thu", "周四"}, {"Fri", "周五"}, {"Sat", "周六"},
}

// classes are the classes of a named day.
var classes = map[string]phrase{
	statutory: {"statutory holiday", "法定节假日"},
	rest:      {"rest day", "休息日"},
	work:      {"worked to make up", "调休上班"},
}

// marks are what did not happen.
var marks = map[Mark]phrase{
	InTime: {"in time", "未逾期"},
}

// premises say where the value of a premise is from.
var premises = map[Op]phrase{
	Fact:   {"from the records", "据记录"},
	Term:   {"from the document", "据合同文本"},
	Row:    {"from the table", "据公布的表"},
	Offset: {"offset of the zone", "时区偏移"},
	Rule:   {"by rule", "据规则"},
}

// ways say how a value follows. In them {2} is the second operand, {3..} all from
// the third on, and <…> is left out where there are none of those. An operation
// of two forms has the longer one in longWays.
var ways = map[Op]phrase{
	Add:   {"sum of {1..}", "{1..}之和"},
	Sub:   {"{1} less {2}", "{1}减去{2}"},
	Mean:  {"mean of the percentages in {1..}, each weighed by the number before it", "{1..}中各百分比按其前一数值加权的平均值"},
	Share: {"{1} as a percentage of {2}", "{1}占{2}的百分比"},
	Round: {"{1} rounded to {2} decimal places, {3}", "{1}保留{2}位小数，舍入方式{3}"},

	Elapse: {"earliest instant by which {2} on the clock has passed since {1}<, not counting {3..}>",
		"自{1}起按自然时间满{2}的最早时刻<，不计{3..}>"},
	Length: {"time on the clock from {1} to {2}<, not counting {3..}>", "自{1}至{2}的自然时长<，不计{3..}>"},

	Zone: {"local clock with the offsets {1..}", "按偏移{1..}的当地时间"},
	Hours: {"service hours on the clock of {1}, with the week {2}, holidays {3}, make-up days {4}, for {5}<; days named {6..}>",
		"按时区{1}、每周{2}、节假日{3}、调休上班日{4}确定的期间{5}内的服务时间<，列明的日期{6..}>"},
	WorkingDays: {"working days, with the weekdays {1}, make-up days {2}, for {3}<; days named {4..}>",
		"按星期{1}、调休上班日{2}确定的期间{3}内的工作日<，列明的日期{4..}>"},
	Join: {"{1..} one after the other", "{1..}依次衔接"},

	Open: {"service time of {3} from {1} to {2}<, not counting {4..}>", "自{1}至{2}、按服务时间{3}计的时长<，不计{4..}>"},
	Paused: {"service time of {3} from {1} to {2}, as far as it lies inside the pauses< {4..}>",
		"自{1}至{2}、按服务时间{3}计的时长中落入暂停<{4..}>的部分"},
	Reach: {"earliest instant by which {2} of service time {3} has passed since {1}<, not counting {4..}>",
		"自{1}起按服务时间{3}满{2}的最早时刻<，不计{4..}>"},
	Opening: {"{1} if service time {2} is open then, else the next opening", "{1}在服务时间{2}之内的即为{1}，否则顺延至下一次开始服务时"},
	IsOpen:  {"whether service time {2} is open at {1}", "{1}是否在服务时间{2}之内"},
	DayOf:   {"day on which {1} falls on the clock of {2}", "{1}按时区{2}所属的日期"},
	Nth:     {"last of {2} counted in working days {3} after {1}, itself not counted", "自{1}次日起按工作日{3}计满{2}的当日"},
	Close: {"end of service time {2} on {1}; on a day without a window: {3}",
		"{1}当日服务时间{2}的结束时刻；当日无服务时间的：{3}"},
	Midnight: {"24:00 of {1} on the clock of {2}", "{1}当日24:00（时区{2}）"},
	SameTime: {"time of day of {1} on {2}, on the clock of {3}", "{2}当日与{1}相同的钟点（时区{3}）"},

	Earliest: {"earliest of {1..}", "{1..}中最早的时刻"},
	Late:     {"whether {1} is after {2}; exactly at it is in time", "{1}是否晚于{2}；恰为该时刻的不算逾期"},
	Excuse:   {"{1} is excused by {2}, and is no breach", "{1}因{2}免责，不计为违约"},
	AtLeast:  {"whether {1} is at least {2}", "{1}是否不低于{2}"},
}

// longWays are the ways of operations with their optional operands.
var longWays = map[Op]phrase{
	Nth: {"last of {2} counted in working days {3} after {1}, itself not counted; {6}< by the pauses {7..}> in service time {4}; a day without a window: {5}",
		"自{1}次日起按工作日{3}计满{2}的当日；{6}<，暂停见{7..}>，按服务时间{4}认定，当日无服务时间的：{5}"},
}

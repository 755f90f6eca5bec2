package main

import (
	"github.com/cfd16870/contract"
	"github.com/cfd16870/contract/proof"
)

// A language is one that the statement is written in.
type language string

const (
	english language = "en"
	chinese language = "zh"
)

// A phrase is one text in every language. Its figures may stand in another order
// in each; the verbs say which.
type phrase struct{ en, zh string }

func (l language) of(p phrase) string {
	if l == chinese {
		return p.zh
	}
	return p.en
}

// proof is the language of workings.
func (l language) proof() proof.Language {
	if l == chinese {
		return proof.Chinese
	}
	return proof.English
}

// A faultCode is a kind of fault of a row.
type faultCode uint8

const (
	faultLong faultCode = iota + 1
	faultEncoding
	faultQuote
	faultFew
	faultMany
	faultEmpty
	faultTime
	faultOffset
	faultDate
	faultName
	faultNoNames
	faultReason
	faultReasonMore
	faultDrawn
	faultEarly
	faultConflict
	faultNoRequest
	faultEvent
	faultLibrary
	faultBefore
	faultResumed
	faultWhichPause
	faultPausedTwice
	faultLocal
	faultGap
	faultTwice
	faultNumber
	faultPause
	faultBackwards
	faultLater
	faultRecord
	faultMoney
	faultPercent
	faultPeriod
	faultKeys
	faultQuantity
	faultYes
	faultRole
)

// faultWords say what is wrong, and what would be right.
var faultWords = map[faultCode]phrase{
	faultLong:        {"the row is longer than %d bytes; a row is one line", "该行超过 %d 字节；一行一条记录"},
	faultEncoding:    {"byte %s does not belong in a row; write UTF-8 without control characters", "字节 %s 不应出现；请用 UTF-8 书写，不含控制字符"},
	faultQuote:       {`a quote stands where none can, or does not end on its line; quote a whole field, and write " inside it as ""`, `引号位置不对或未在本行结束；引号须括住整个字段，字段内的 " 写作 ""`},
	faultFew:         {"has %d columns and must have %d; missing: %s", "只有 %d 列，应为 %d 列；缺少：%s"},
	faultMany:        {"has %d columns and must have %d: %s; put a field that holds a comma in quotes", "有 %d 列，应为 %d 列：%s；字段内含逗号时须加引号"},
	faultEmpty:       {"is empty; it must be given", "为空；必须填写"},
	faultTime:        {"%q is no time; write RFC 3339, such as 2024-03-01T09:00:00+08:00", "%q 不是有效时间；请按 RFC 3339 书写，如 2024-03-01T09:00:00+08:00"},
	faultOffset:      {"%[1]q has no offset from UTC, so it is no instant; write it as %[1]s+08:00 if that is meant", "%[1]q 没有时区偏移，不能确定时刻；若指北京时间，请写作 %[1]s+08:00"},
	faultDate:        {"%q is no date; write a day that exists, such as 2024-06-30", "%q 不是有效日期；请写实际存在的日期，如 2024-06-30"},
	faultName:        {"%q is not known; have %s", "没有 %q；可用：%s"},
	faultNoNames:     {"%q is not known; the contract has none, so leave it empty", "没有 %q；合同未约定此项，应留空"},
	faultReason:      {"a pause without a reason; a contract allows pauses by their reason", "暂停未写原因；合同按原因允许暂停，必须写明"},
	faultReasonMore:  {"more time without a reason; a contract grants it by its reason", "延期未写事由；合同按事由延长时限，必须写明"},
	faultEarly:       {"%s is before %s, %s", "%s 早于 %s %s"},
	faultDrawn:       {"%s is after %s, when the records were drawn up", "%s 晚于记录导出时间 %s"},
	faultConflict:    {"%s says something else at %s; which is right is for the records' owner to say, and neither is counted", "编号 %s 与 %s 内容不同；哪一条正确须由记录方说明，两条均不计"},
	faultNoRequest:   {"no row of requests.csv has the id %q; record the request, or correct the id", "requests.csv 中没有编号 %q；请补录该请求或更正编号"},
	faultEvent:       {"its event at %s is refused, and without it nobody can say how the request stands", "其事件 %s 被拒收，缺此事件无法判断该请求的状态"},
	faultLibrary:     {"cannot be measured: %s", "无法计量：%s"},
	faultBefore:      {"%s at %s, before the request was received at %s; correct one of the two", "“%s”发生于 %s，早于受理时间 %s；请更正其一"},
	faultResumed:     {"resumed at %s, and no such pause was open; record the pause, or strike this out", "%s 恢复，但此前没有相应的暂停；请补录暂停或删去此行"},
	faultWhichPause:  {"resumed at %s, and several pauses were open; say the reason of the one that ends", "%s 恢复，但有多个暂停未结束；请写明结束的是哪一个原因"},
	faultPausedTwice: {"paused at %s for %q, which it was already; a pause ends before the next for its reason begins", "%s 因 %q 暂停，但同一原因的暂停尚未结束；须先恢复"},
	faultLocal:       {"%q is no local time; write it as 2016-02-29 04:40", "%q 不是有效的当地时间；请写作 2016-02-29 04:40"},
	faultGap:         {"%q was shown by no clock in %s; write a time that was", "%q 在 %s 的时钟上不存在；请写实际出现过的时间"},
	faultTwice:       {"%q was shown twice by the clocks in %s, so it is no instant", "%q 在 %s 的时钟上出现过两次，不能确定时刻"},
	faultNumber:      {"%q is no count; write a whole number from 0 on", "%q 不是次数；请写 0 以上的整数"},
	faultPause:       {"%q is no pause; write from/to/reason, several separated by ;", "%q 不是暂停；请写作 起/止/原因，多个以 ; 分隔"},
	faultBackwards:   {"%s is before %s (%s); time runs forward", "%s 早于 %s（%s）；先后颠倒"},
	faultRecord:      {"%s", "%s"},
	faultMoney:       {"%q is no amount; write it as 2400.00 CNY", "%q 不是金额；请写作 2400.00 CNY"},
	faultPercent:     {"%q is no percentage; write it as 6%%", "%q 不是百分比；请写作 6%%"},
	faultPeriod:      {"%q is no period; write its first and last day as 2024-03-01..2025-02-28", "%q 不是期间；请写首日与末日，如 2024-03-01..2025-02-28"},
	faultKeys:        {"%q does not tell the work apart; write it as fault class=serious; difficulty=low", "%q 不能区分工作；请写作 fault class=serious; difficulty=low"},
	faultQuantity:    {"%q is no quantity; write a decimal number", "%q 不是数量；请写十进制数"},
	faultYes:         {"%q; write yes or no", "%q；请写 yes 或 no"},
	faultRole:        {"%q is no side; write customer or provider", "%q 不是一方；请写 customer 或 provider"},
	faultLater:       {"%s is after %s, as of which is measured; give a later -as-of", "%s 受理，晚于截止时刻 %s；请用更晚的 -as-of"},
}

// What the program says. Names, reasons and texts of the document and the records
// are printed as they stand there.
var (
	sayColon          = phrase{": ", "："}
	saySemicolon      = phrase{"; ", "；"}
	sayComma          = phrase{", ", "，"}
	sayFailed         = phrase{"audit: ", "审计："}
	sayContractFaults = phrase{"the contract %s has faults: %d\n%w", "合同 %s 不能据以审计，错误 %d 处：\n%w"}
	sayMissing        = phrase{"%w; run the audit from the root of the module, or say where the files are with -contract and -records", "%w；请在模块根目录运行，或用 -contract、-records 指明文件位置"}
	sayAboutBad       = phrase{"%s: %w; it must be one object with format, asOf and, if wanted, contract and note", "%s：%w；应为一个对象，含 format、asOf，可含 contract、note"}
	sayAboutFormat    = phrase{"%s: format %q; this version reads %q", "%s：format 为 %q；本版本读取 %q"}
	sayAboutAsOf      = phrase{"%s: asOf is required: when the records were drawn up, such as 2025-03-10T18:00:00+08:00", "%s：缺少 asOf，即记录导出的时刻，如 2025-03-10T18:00:00+08:00"}
	sayAboutContract  = phrase{"%s: the records are of contract %q, and the contract is %q", "%s：记录属于合同 %q，而所给合同是 %q"}
	sayUnknownID      = phrase{"-explain %q: no request has this id, no figure is of such a period, and none has this name; a month is written 2024-08, a quarter 2024-Q3, a figure as -format csv lists it", "-explain %q：没有此编号的请求、该期间的数字或此名称的数字；月份写作 2024-08，季度写作 2024-Q3，数字名称见 -format csv"}

	sayTitle       = phrase{"AUDIT OF CONTRACT %s", "合同审计表  %s"}
	sayAsOf        = phrase{"as of", "截止"}
	sayParties     = phrase{"parties", "当事人"}
	sayTerm        = phrase{"term", "期限"}
	sayTermIs      = phrase{"%s through %s, signed %s", "%s 至 %s（含），%s 签订"}
	sayTermNone    = phrase{"signed %s; its last day is not stated", "%s 签订；未写明最后一日"}
	sayTermRenewed = phrase{"renewals so far: %d; now through %s; a notice against the next renewal has to arrive by %s", "已续约 %d 次，现至 %s；反对下次续约的通知须于 %s 前到达"}
	sayTermRenews  = phrase{"renews unless a notice against it arrives by %s", "到期自动续约，反对的通知须于 %s 前到达"}
	sayTermEnded   = phrase{"ended on %s: %s, %s", "已于 %s 终止：%s，%s"}
	sayTerms       = phrase{"versions", "条款版本"}
	sayAsSigned    = phrase{"as signed, digest %s", "签订文本，摘要 %s"}
	sayAmendment   = phrase{"from %[2]s on: amendment %[1]s (signed %[3]s), digest %[4]s; it changes", "%[2]s 起：补充协议 %[1]s（%[3]s 签订），摘要 %[4]s；修改："}
	sayCalendar    = phrase{"calendar", "日历"}
	sayCalendarIs  = phrase{"%s, edition %s: every day known from %s through %s", "%s，版本 %s：%s 至 %s 逐日确定"}
	sayRecords     = phrase{"records", "记录"}
	sayRecordsAre  = phrase{"%s, drawn up %s", "%s，导出于 %s"}
	sayShort       = phrase{"the records were drawn up before the instant asked about: what happened after that is not in them", "记录导出早于截止时刻：其后发生的事项不在记录中"}
	sayZone        = phrase{"%s %s (all times in this zone)", "%s %s（以下时间均为此时区）"}

	sayResult        = phrase{"RESULT", "结论"}
	sayBreaches      = phrase{"breaches", "违约"}
	sayBreachesAre   = phrase{"%d of %d measurements missed their target, %d of them still open; %d more excused (section 4)", "已判定 %[2]d 项计量中 %[1]d 项未达标，其中 %[3]d 项尚未完成；另有 %[4]d 项获豁免（第 4 节）"}
	sayAttainmentRow = phrase{"attainment", "达标率"}
	sayWorst         = phrase{"worst %s: %s (%d of %d met)", "最低为 %s：%s（%[4]d 项中 %[3]d 项达标）"}
	sayNoFigure      = phrase{"no figure for any period", "各期均无数字"}
	sayNoData        = phrase{"no data", "无数据"}
	sayAllData       = phrase{"; every period has a figure (section 2)", "；各期均有数字（第 2 节）"}
	sayPeriodsNoData = phrase{"; no data for %s (section 2)", "；%s 无数据（第 2 节）"}
	saySatisfaction  = phrase{"satisfaction", "满意度"}
	sayBelowNone     = phrase{"no period below its target", "各期均达标"}
	sayBelow         = phrase{"below target in %s", "未达标：%s"}
	sayBelowOne      = phrase{"%s: %s (at least %s, %s)", "%s：%s（应不低于 %s，%s）"}
	sayQuartersNo    = phrase{"; no data for %s (section 3)", "；%s 无数据（第 3 节）"}
	sayOpenRow       = phrase{"open", "未完成"}
	sayOpenAre       = phrase{"%d requests; measurements in time %d, late %d (sections 4, 5)", "请求 %d 件；计量未到期 %d 项，已逾期 %d 项（第 4、5 节）"}
	sayRefusedRow    = phrase{"rows", "行数"}
	sayRefusedAre    = phrase{"%d refused, %d duplicate, %d outside the term (sections 7, 8); the totals %s", "拒收 %d 行，重复 %d 行，期限外 %d 行（第 7、8 节）；总数%s"}
	sayWorkingsRow   = phrase{"workings", "复核"}
	sayWorkingsAre   = phrase{"%d redone by the independent check, %d hold (section 15)", "独立复核推导 %d 份，%d 份成立（第 15 节）"}

	sayOwedHead     = phrase{"OWED at the end of %s", "应付款项（截至 %s 终了）"}
	sayOwes         = phrase{"owes %s", "应付 %s"}
	sayOwesNothing  = phrase{"owes nothing", "无应付款项"}
	sayOwedWhat     = phrase{"what", "事项"}
	sayOwedOf       = phrase{"of", "对象"}
	sayAmount       = phrase{"amount", "金额"}
	sayWhy          = phrase{"why", "依据"}
	sayNotDue       = phrase{"due %s", "%s 到期"}
	sayWasDue       = phrase{"was due %s", "已于 %s 到期"}
	sayOwesNow      = phrase{", all of it due", "，均已到期"}
	sayOwesLater    = phrase{", none of it due yet", "，均未到期"}
	sayOwesBoth     = phrase{": %s is due, %s not yet", "：已到期 %s，未到期 %s"}
	sayOwedRefused  = phrase{"%s is refused and counts in none of this: %s", "%s 被拒收，未计入以上金额：%s"}
	sayOwedMore     = phrase{"%d more rows on money are refused (section 7)", "另有 %d 行款项记录被拒收（第 7 节）"}
	sayOwedMissing  = phrase{"There is no %s: nothing of what would stand there is in these figures.", "缺少 %s：其中应有的记录未计入以上金额。"}
	sayCustomerDue  = phrase{"of it due", "其中已到期"}
	sayForDay       = phrase{"(for %s)", "（针对 %s）"}
	sayNotSigned    = phrase{"the contract was signed on %s, after the instant asked about", "合同于 %s 签订，晚于截止时刻"}
	sayUnclearID    = phrase{"-explain %q: no line has just this name; figures that have it: %s", "-explain %q：没有恰为此名的项目；含此字样的数字：%s"}
	sayPartFor      = phrase{"%s %s for %s", "%s所开 %s，应为 %s"}
	sayUneven       = phrase{"its own net and tax do not add up to its total", "其自身不含税额与税额之和不等于合计"}
	sayDaysEarly    = phrase{"%d days too early", "早 %d 日"}
	sayDaysAfter    = phrase{"%d days too late", "晚 %d 日"}
	sayLateBy       = phrase{"late by %s", "迟 %s"}
	sayInsteadOf    = phrase{"%s, instead of %s", "%s，而非 %s"}
	sayOwedNote     = phrase{"Nothing is netted: that takes a clause or a notice of set-off. Figures of the contract; of an invoice at most what was invoiced.", "双方款项未抵销：抵销须有条款或抵销通知。金额按合同核算；发票债务不超过开票额。"}
	sayWrongHead    = phrase{"WRONG IN THE RECORDS", "记录中的差错"}
	sayWrongWhat    = phrase{"what is claimed", "所主张事项"}
	sayClaimed      = phrase{"claimed", "主张"}
	sayComputed     = phrase{"computed", "核算"}
	sayDifference   = phrase{"difference", "差额"}
	sayWrongNote    = phrase{"The difference is what is claimed less what the contract gives; of a finding, what it is worth.", "差额为主张减去核算；发现事项为其金额影响。"}
	sayDoubtHead    = phrase{"DOUBTFUL: what other readings would change", "存疑条文：其他解读的影响"}
	sayDoubtIs      = phrase{"The document states one reading where the text has several. Under another, over the same records:", "条文可作多种解读之处，文档取其一。按同一记录改用另解："}
	sayDoubtRest    = phrase{"Other readings that change nothing here: %d. Not weighed, because the document does not say what it would read, or an amendment stands on the place (section 13): %d.", "另有 %d 种解读在此不影响结果；%d 种未衡量：文档未写明其内容，或该处已由补充协议修改（第 13 节）。"}
	sayCustomerOwes = phrase{"customer owes", "客户应付"}
	sayProviderOwes = phrase{"provider owes", "服务方应付"}
	sayInvoices     = phrase{"invoices", "发票"}
	sayWork         = phrase{"work", "工作单"}
	sayUsage        = phrase{"usage", "用量"}
	sayPayments     = phrase{"payments", "付款"}
	sayNotices      = phrase{"notices", "通知"}
	sayClaims       = phrase{"claims", "主张"}

	sayInvoicesHead = phrase{"9  INVOICES", "9  发票"}
	sayInvoiceIn    = phrase{"received", "收到"}
	sayDebt         = phrase{"debt", "债务"}
	sayWaits        = phrase{"waits: %s", "待%s"}
	sayLine         = phrase{"%s: net %s, tax %s", "%s：不含税 %s，税额 %s"}
	sayBilledBefore = phrase{"billed before by %s", "已由 %s 开票"}
	sayInvoicesNote = phrase{"\"computed\" is what the contract gives for what the invoice bills. The debt is that, at most what was invoiced, less credits taken off it.", "“核算”为按合同对发票所列事项的计算。债务以核算额为准，不超过开票额，并扣除已抵扣的款项。"}
	sayAccountHead  = phrase{"10  ACCOUNT", "10  往来账"}
	sayPaidOn       = phrase{"paid", "清偿"}
	sayDaysLate     = phrase{"days late", "逾期天数"}
	sayLateCharge   = phrase{"late charge", "逾期违约金"}
	sayFixedSum     = phrase{"fixed sum", "固定金额"}
	sayOwedCol      = phrase{"owed", "尚欠"}
	sayCapReached   = phrase{"cap reached %s; it took %s", "%s 达到上限；上限减去 %s"}
	sayEntries      = phrase{"Entries, as they fall", "分录（按发生顺序）"}
	sayDay          = phrase{"day", "日期"}
	sayBalance      = phrase{"balance", "余额"}
	sayCreditsHead  = phrase{"11  SERVICE CREDITS AND PENALTIES", "11  服务抵扣与违约金"}
	sayMeasured     = phrase{"measured", "计量"}
	sayRate         = phrase{"rate", "比例"}
	sayBase         = phrase{"of fee", "费用基数"}
	sayCapped       = phrase{"%s before the cap", "上限前 %s"}
	sayPoints       = phrase{"%s points below", "低 %s 个百分点"}
	sayLiability    = phrase{"Towards the cap of liability count %s of %s (%s).", "计入责任上限 %s，上限 %s（%s）。"}
	sayEndingHead   = phrase{"12  PRICES, TERM AND RIGHTS", "12  价款、期限与权利"}
	sayPrice        = phrase{"price", "价款"}
	sayPriceIs      = phrase{"%s, %s through %s: %s (%s)", "%s，%s 至 %s：%s（%s）"}
	sayRaise        = phrase{"raise", "调价"}
	sayRaiseApplied = phrase{"notice %s asks for %s; %s applies from %s: %s", "通知 %s 请求 %s；自 %[4]s 起适用 %[3]s：%[5]s"}
	sayRaiseRefused = phrase{"notice %s asks for %s and changes nothing: %s", "通知 %s 请求 %s，不生效：%s"}
	sayRight        = phrase{"right", "权利"}
	sayRightIs      = phrase{"the %s may use %s (%s) from %s on, %s; %s", "%s可行使%s（%s），自 %s 起，%s；%s"}
	sayNoEnd        = phrase{"without a last day", "无届满日"}
	sayUntil        = phrase{"through %s (%s)", "至 %s（%s）"}
	sayFinding      = phrase{"finding", "发现"}
	sayAgenda       = phrase{"Days ahead that the contract fixes", "合同确定的后续日期"}
	sayReceipt      = phrase{"receipt", "校验摘要"}
	sayReceiptIs    = phrase{"%s; document %s, calendars %s, series %s, records %s give %s", "%s；文档 %s、日历 %s、利率 %s、记录 %s，得出 %s"}

	sayControl      = phrase{"1  CONTROL TOTALS, rows of each file", "1  勾稽总数（各文件行数）"}
	sayRequests     = phrase{"requests", "请求"}
	sayEvents       = phrase{"events", "事件"}
	saySurveys      = phrase{"surveys", "问卷"}
	sayMeasurements = phrase{"measurements", "计量"}
	sayAgrees       = phrase{"agrees", "相符"}
	sayAgree        = phrase{"agree", "相符"}
	sayDisagree     = phrase{"DO NOT AGREE", "不相符"}
	sayDisagrees    = phrase{"DOES NOT AGREE", "不相符"}
	sayControlNote  = phrase{
		"Every row of the files is in exactly one place. Events are used where their request is measured or open. A request is measured when all targets that bind it are decided, and open while one is not; one that is open and late counts here as open, and in sections 2 and 4 as a breach. Each target that binds a request is one measurement, so a fault reported by phone is two.",
		"文件的每一行只归入一处。事件在其请求已计量或未完成时采用。约束某请求的目标全部判定即为“已计量”，仍有未判定的为“未完成”；逾期仍未完成的，此处计入未完成，第 2、4 节计为违约。每个目标对一件请求为一项计量，故电话报修的故障为两项。"}

	sayAttainmentHead = phrase{"2  ATTAINMENT", "2  达标率"}
	sayAttainmentBy   = phrase{"By %s: %s, by %s of %s; no figure with fewer than %d measurements; %s.", "按%[1]s：%[2]s，按%[4]s所在的%[3]s统计；少于 %[5]d 项不出数字；%[6]s。"}
	sayMonth          = phrase{"period", "期间"}
	sayMetOf          = phrase{"met/of", "达标/计入"}
	sayPercent        = phrase{"percent*", "百分比*"}
	sayLate           = phrase{"late", "逾期完成"}
	sayOpenLate       = phrase{"open+late", "逾期未完"}
	sayOpenCol        = phrase{"open", "未到期"}
	sayExcusedCol     = phrase{"excused", "豁免"}
	sayCancelledCol   = phrase{"cancelled", "撤销"}
	sayNotMeasuredCol = phrase{"not measured", "不计量"}
	sayRoundingNote   = phrase{
		"* As the clause compares it; what is compared exactly is shown to two places, half up. \"of\" is met, late and what else the clause counts; with fewer than it asks for there is no data, which is no percentage.",
		"* 百分比按条款比较时的取值；精确比较者显示两位小数，四舍五入。“计入”为达标、逾期及条款规定计入者；少于规定数量即为无数据，不构成百分比。"}
	sayByTarget   = phrase{"By target, over all periods", "按目标，各期合计"}
	sayTarget     = phrase{"target", "目标"}
	sayClause     = phrase{"clause", "条款"}
	sayWithin     = phrase{"within", "时限"}
	sayWithinFrom = phrase{"from %s on (%s) within %s", "%s 起（%s）%s"}
	sayGrid       = phrase{"By target and period, met/of", "按目标与期间（达标/计入）"}
	sayUncounted  = phrase{"%d measurements are of targets that the clause does not count.", "有 %d 项计量所属目标不在条款统计之列。"}
	saySilent     = phrase{"The contract is silent: no clause says how it is counted.", "合同未约定：没有条款规定如何统计。"}

	saySatisfactionHead = phrase{"3  SATISFACTION", "3  满意度"}
	saySatisfactionBy   = phrase{"By %s: at least %s of the valid answers, by %s; no figure with fewer than %d valid answers; %s.", "按%s：有效答卷中不低于 %s，按%s统计；有效答卷少于 %d 份不出数字；%s。"}
	sayGood             = phrase{"good/valid", "满意/有效"}
	sayTargetCol        = phrase{"at least", "应不低于"}
	sayReached          = phrase{"result", "结果"}
	sayInvalidCol       = phrase{"not valid", "无效"}
	sayYes              = phrase{"met", "达标"}
	sayNo               = phrase{"BELOW", "未达标"}

	sayBreachHead = phrase{"4  BREACHES", "4  违约明细"}
	sayBreachNote = phrase{
		"Late is judged by the clock: an event exactly at the due instant is in time. The overrun is told on the clock and in service time; a breach may have none of the latter.",
		"是否逾期以时刻判断：恰在到期时刻完成视为按时。逾期时长分别按自然时间与服务时间列出；后者可以为零。"}
	sayGroup       = phrase{"%s, %s: %d", "%s，%s：%d 项"}
	sayID          = phrase{"id", "编号"}
	sayReceived    = phrase{"received", "受理"}
	sayDue         = phrase{"due", "到期"}
	sayDone        = phrase{"done", "完成"}
	sayOver        = phrase{"over: clock", "逾期:自然"}
	sayOverHours   = phrase{"service", "服务"}
	sayStillOpen   = phrase{"open", "未完成"}
	sayUnknown     = phrase{"unknown", "未知"}
	sayProvisional = phrase{"provisional from %s: make-up days not published", "自 %s 起为暂定：调休安排尚未公布"}
	sayExcused     = phrase{"Excused, and so not counted as breaches", "获豁免，不计为违约"}
	sayNone        = phrase{"none", "无"}

	sayOpenHead = phrase{"5  OPEN AND IN TIME", "5  未完成且未到期"}
	sayLeft     = phrase{"left", "剩余"}
	sayStatus   = phrase{"status", "状态"}
	sayLeftNote = phrase{"\"left\" runs on the target's own clock, for working days in service time.", "“剩余”按目标自身的时钟计；以工作日计的目标按服务时间计。"}

	sayPauseHead = phrase{"6  PAUSES THAT NO CLAUSE ALLOWS", "6  条款不允许的暂停"}
	sayPauseNote = phrase{"They stopped no clock.", "不停止任何计时。"}
	sayReason    = phrase{"reason", "原因"}
	sayFrom      = phrase{"from", "起"}
	sayTo        = phrase{"to", "止"}
	sayPlace     = phrase{"place", "位置"}

	sayRefusedHead = phrase{"7  REFUSED ROWS", "7  拒收的行"}
	sayRefusedNote = phrase{"A refused row counts in no figure. The place is file:line:column.", "拒收的行不计入任何数字。位置为 文件:行:列。"}
	sayNoID        = phrase{"(no id)", "（无编号）"}
	sayAsideHead   = phrase{"8  ROWS THAT COUNT NOWHERE ELSE", "8  其他不计入的行"}
	sayDuplicates  = phrase{"Said twice; the first counts", "重复，以首行为准"}
	sayDuplicateOf = phrase{"says what %s:%d says", "与 %s:%d 相同"}
	sayOutside     = phrase{"Outside the term, renewals included", "在合同期限（含续约）之外"}
	sayInvalid     = phrase{"Answers that the clause does not know; it leaves them out", "条款不认可的答案，按条款不计"}
	sayLater       = phrase{"After the instant asked about: %d requests, %d events, %d surveys", "晚于截止时刻：请求 %d，事件 %d，问卷 %d"}
	sayUnboundHead = phrase{"Bound by no target", "不受任何目标约束"}
	sayAsideEvents = phrase{"Events of requests that are not measured: %d, with their requests", "所属请求未计量的事件：%d 行，随请求处理"}

	sayReadingsHead = phrase{"13  READINGS", "13  条文解读"}
	sayReadingsNote = phrase{"Where the contract can be read in more than one way, the document states one. The figures above rest on these %d:", "合同可作多种理解之处，文档写明了所取的一种。以上数字以下列 %d 处为据："}
	sayReading      = phrase{"says %q; read as %s; else %s", "原文 %q；取 %s；另解：%s"}
	sayReadingsIdle = phrase{"These %d are of chapters that are not computed; no figure above rests on them:", "下列 %d 处属于未计算的章节，以上数字与之无关："}
	sayReadingFrom  = phrase{", from %s (%s) %s", "，%s 起（%s）%s"}
	sayOr           = phrase{"; or ", "；或 "}
	sayCompleted    = phrase{"Where the text is silent and the document supplies a figure: %d", "条文未写明、由文档补足之处：%d"}

	sayNotHead     = phrase{"14  SILENT, AND NOT COMPUTED", "14  未约定与未计算的事项"}
	sayIsSilent    = phrase{"silent: %s", "未约定：%s"}
	sayAllComputed = phrase{"Every chapter of the document is computed.", "文档各章均已计算。"}
	sayNotNote     = phrase{"This version parses and keeps them; it computes no figure of them, and none is to be taken as zero.", "本版本读取并保留这些章节，但不计算；不得视为零。"}

	sayChecksHead = phrase{"15  WORKINGS REDONE", "15  推导复核"}
	sayChecksAre  = phrase{"%d workings of measurements and figures were redone step by step by the independent check; %d hold.", "计量与各数字的推导共 %d 份，经独立复核逐步重算；%d 份成立。"}
	sayChecksHow  = phrase{"To read one: -explain with the id of a request, a month (2024-08), a quarter (2024-Q3), or the name of a figure, such as \"owed R-07\", \"invoice R-03\", \"credit 2024-08\"; -format csv lists all names.", "查看推导：-explain 加请求编号、月份（2024-08）、季度（2024-Q3）或数字名称，如 \"owed R-07\"、\"invoice R-03\"、\"credit 2024-08\"；-format csv 列出全部名称。"}

	sayRequestIs  = phrase{"REQUEST %s", "请求 %s"}
	sayPeriodIs   = phrase{"PERIOD %s", "期间 %s"}
	sayEventsOf   = phrase{"Events", "事件"}
	sayCheck      = phrase{"Check: %s", "复核：%s"}
	sayCounted    = phrase{"What became of the row: %s", "该行的处理：%s"}
	sayAllTargets = phrase{"all targets", "全部目标"}
	sayNoWorking  = phrase{"no working: %s", "无推导：%s"}

	sayIncidentsTitle = phrase{"INCIDENTS OF %s AGAINST CONTRACT %s", "故障日志 %s，按合同 %s 计量"}
	sayIncidentsNote  = phrase{
		"Each row is measured as a product fault by %s, as if the terms were in force on its day. Times are read in %s. Only resolved ends the clock; closed does not. Ids are not held against one another.",
		"每行按产品故障以 %s 计量，视同该日条款有效。时间按 %s 读取。仅 resolved 停止计时，closed 不停止。编号之间不作比对。"}
	sayLatest         = phrase{"%s, the latest time in the file", "%s，即文件中最晚的时间"}
	sayRefusedAsRead  = phrase{"REFUSED ROWS, as they are read", "拒收的行（按读取顺序）"}
	sayIncidentMonths = phrase{"ATTAINMENT BY PERIOD", "分期达标率"}
	sayAll            = phrase{"all", "合计"}
	sayLargest        = phrase{"LARGEST OVERRUNS: %d of %d breaches", "最大逾期：%[2]d 项违约中的 %[1]d 项"}
	sayOpenOf         = phrase{"OPEN: %d, of them late %d; paused %d", "未完成：%d 项，其中已逾期 %d 项；暂停中 %d 项"}
	sayIncidentPauses = phrase{"PAUSES, as the log has them: overlaps, and time after the end or the as-of, included", "暂停（按日志原样统计，含重叠部分及结束或基准时间之后的时间）"}
	sayAllowed        = phrase{"allowed: stops the clock", "条款允许：停止计时"}
	sayNotAllowed     = phrase{"not allowed: excludes nothing", "条款不允许：不作扣除"}
	sayPausesCol      = phrase{"pauses", "次数"}
	sayClockTime      = phrase{"clock time", "自然时间"}
	sayIncidentChecks = phrase{"WORKINGS REDONE", "推导复核"}
	sayNeedsAsOf      = phrase{"%s can be read only once, and the latest time in it is known at its end; give -as-of", "%s 只能读一遍，而最晚时间要读完才知道；请给出 -as-of"}
	sayNoTarget       = phrase{"the contract has no target that measures restore for the category fault; incidents cannot be measured by it", "合同没有对 fault 类请求计量恢复（restore）的目标，无法据以计量故障日志"}
	sayNoRows         = phrase{"%s has no row with a time in it; give -as-of", "%s 中没有可读时间的行；请给出 -as-of"}
)

// outcomeWords name where a row is counted.
var outcomeWords = map[outcome]phrase{
	outcomeMeasured:  {"measured", "已计量"},
	outcomeOpen:      {"open", "未完成"},
	outcomeUnbound:   {"bound by no target", "无目标约束"},
	outcomeRefused:   {"refused", "拒收"},
	outcomeDuplicate: {"duplicate", "重复"},
	outcomeOutside:   {"outside the term", "期限外"},
	outcomeLater:     {"later than as-of", "晚于截止"},
	outcomeAside:     {"of other requests", "所属请求未计量"},
	outcomeInvalid:   {"not valid", "无效"},
	outcomePart:      {"measured in part", "部分计量"},
}

// Of events and surveys, the rows that are of use have a word of their own.
var (
	sayUsed  = phrase{"used", "已采用"}
	sayValid = phrase{"valid", "有效"}
)

// statusWords name how a measurement stands.
var statusWords = map[contract.Status]phrase{
	contract.StatusRunning:     {"running", "进行中"},
	contract.StatusPaused:      {"paused", "暂停中"},
	contract.StatusMet:         {"met", "达标"},
	contract.StatusBreached:    {"BREACHED", "违约"},
	contract.StatusExcused:     {"excused", "获豁免"},
	contract.StatusCancelled:   {"cancelled", "已撤销"},
	contract.StatusNotStarted:  {"not started", "未开始"},
	contract.StatusNotMeasured: {"not measured", "不计量"},
}

// doneWords say what was done, and not done, for each measure.
var doneWords = map[contract.Measure]struct{ done, not phrase }{
	contract.MeasureResponse:     {phrase{"answered %s late", "答复迟 %s"}, phrase{"not answered, %s late so far", "尚未答复，已迟 %s"}},
	contract.MeasureArrival:      {phrase{"arrived %s late", "到场迟 %s"}, phrase{"not arrived, %s late so far", "尚未到场，已迟 %s"}},
	contract.MeasureRestore:      {phrase{"restored %s late", "恢复迟 %s"}, phrase{"not restored, %s late so far", "尚未恢复，已迟 %s"}},
	contract.MeasureNextResponse: {phrase{"answered %s late", "答复迟 %s"}, phrase{"not answered, %s late so far", "尚未答复，已迟 %s"}},
	contract.MeasureResolve:      {phrase{"resolved %s late", "解决迟 %s"}, phrase{"not resolved, %s late so far", "尚未解决，已迟 %s"}},
}

// verdictWords say what a check came to.
var verdictWords = map[proof.Outcome]phrase{
	proof.Holds:       {"holds: every step follows from the steps before it", "成立：每一步均由前面的步骤得出"},
	proof.Fails:       {"fails", "不成立"},
	proof.CannotCheck: {"cannot be checked", "无法复核"},
}

var (
	sayAutoReply   = phrase{"the automatic reply at %s does not count", "%s 的自动回复不算答复"}
	sayWorkaround  = phrase{"the workaround at %s does not count", "%s 的临时措施不算恢复"}
	sayPauseBarred = phrase{"the pause for %q is not allowed", "因 %q 的暂停不被允许"}
	sayExcuse      = phrase{"excused: %s", "豁免原因：%s"}
)

// chapterWords name the chapters of a document.
var chapterWords = map[string]phrase{
	"/periods":        {"counting of periods", "期间计算"},
	"/fees":           {"fees", "费用"},
	"/payments":       {"payments", "支付"},
	"/adjustment":     {"fee adjustment", "费用调整"},
	"/latePayment":    {"late payment", "逾期付款"},
	"/serviceCredits": {"service credits", "服务抵扣"},
	"/breach":         {"penalties for breach", "违约金"},
	"/liability":      {"limit of liability", "责任上限"},
	"/deposit":        {"deposit", "保证金"},
	"/forceMajeure":   {"force majeure", "不可抗力"},
	"/term/for":       {"length of the term", "期限长度"},
	"/renewal":        {"renewal", "续约"},
	"/suspension":     {"suspension", "暂停服务"},
	"/endings":        {"endings", "终止与解除"},
	"/settlement":     {"settlement", "结算"},
	"/notices":        {"notices", "通知与送达"},
	"/survival":       {"survival", "存续条款"},
}

// findingWords say in Chinese what the library says of a finding in English.
var findingWords = map[contract.FindingCode]string{
	contract.FindingInvoiceTwice:     "所列事项此前已由 %s 开票，重复部分不产生债务",
	contract.FindingPaymentBackdated: "所记入账日 %s，登记日 %s，相隔 %d 日；金额为较早入账日使付款方少付的逾期违约金",
	contract.FindingNoticeLate:       "视为 %s 到达，最迟应于 %s 到达，不生效",
	contract.FindingNoticeVoid:       "不生效",
	contract.FindingNotClaimed:       "未开票",
	contract.FindingNotTold:          "可用率无法得出",
	contract.FindingOverTheCap:       "计入责任上限的款项超过上限",
	contract.FindingAfterTheEnd:      "所列期间在 %s 合同终止之后，不产生债务",
	contract.FindingPaymentUnmatched: "所指 %s 没有相应债务，按到期顺序清偿",
}

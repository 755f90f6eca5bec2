package proof_test

import (
	"fmt"
	"time"

	"github.com/cfd16870/contract/proof"
)

// callback is how the deadline of a call comes about: three minutes of service
// time, from a minute and a half before lunch.
func callback() *proof.Working {
	shanghai := time.FixedZone("Asia/Shanghai", 8*60*60)
	morning, afternoon := proof.Window{From: 9 * 60, Until: 12 * 60}, proof.Window{From: 13 * 60, Until: 18 * 60}
	var week [7][]proof.Window
	for d := time.Monday; d <= time.Friday; d++ {
		week[d] = []proof.Window{morning, afternoon}
	}
	monday := proof.DateOf(2024, time.March, 4)
	period := proof.PeriodOf(monday, monday)
	received := proof.InstantOf(time.Date(2024, time.March, 4, 11, 58, 30, 0, shanghai))
	due := proof.InstantOf(time.Date(2024, time.March, 4, 13, 1, 30, 0, shanghai))
	document := func(at string) *proof.Source { return &proof.Source{In: "document", At: at} }

	w := &proof.Working{
		Format: proof.Format,
		About:  `"phone response", call of Monday, 4 March 2024`,
		Result: due,
		Steps: []proof.Step{
			{Op: proof.Offset, Name: "offset", Value: proof.ShiftOf(time.Date(1991, time.September, 14, 15, 0, 0, 0, time.UTC), 8*60*60), Source: &proof.Source{In: "tz database", At: "Asia/Shanghai"}},
			{Op: proof.Zone, Name: "zone", Args: []int{1}, Value: proof.WordOf("Asia/Shanghai")},
			{Op: proof.Term, Name: "service hours", Value: proof.WeekOf(week), Clause: "1.2", Source: document("/hours/service/week")},
			{Op: proof.Term, Name: "holidays", Value: proof.WordOf("closed"), Clause: "1.2", Source: document("/hours/service/holidays")},
			{Op: proof.Term, Name: "make-up days", Value: proof.WordOf("closed"), Clause: "1.2", Source: document("/hours/service/makeupDays")},
			{Op: proof.Row, Name: "calendar", Value: period, Source: &proof.Source{In: "calendar cn 2023-10-25"}},
			{Op: proof.Hours, Name: "service hours", Args: []int{2, 3, 4, 5, 6}, Value: period, Clause: "1.2"},
			{Op: proof.Fact, Name: "received", Value: received, Source: &proof.Source{In: "requests.csv:2", At: "received"}},
			{Op: proof.Term, Name: "within", Value: proof.ElapsedOf(3 * time.Minute), Clause: "4.1(1)", Source: document("/targets/phone response/within")},
			{Op: proof.Reach, Name: "due", Args: []int{8, 9, 7}, Value: due, Clause: "4.1(1)"},
		},
	}
	w.Seal = w.ComputeSeal()
	return w
}

func ExampleWorking_Check() {
	w := callback()
	fmt.Println(w.Check())

	// Lunch is service time, says another.
	w.Steps[9].Value.Text = "2024-03-04T12:01:30+08:00"
	fmt.Println(w.Check())
	fmt.Println(w.Sealed())
	// Output:
	// holds
	// fails at step 10: says 2024-03-04T12:01:30+08:00, the steps before give 2024-03-04T13:01:30+08:00
	// false
}

func ExampleWorking_Text() {
	fmt.Print(callback().Text(proof.English))
	// Output:
	// "phone response", call of Monday, 4 March 2024
	//
	// [1]   offset         +08:00 from 1991-09-14T15:00:00Z on
	//                      offset of the zone (tz database, Asia/Shanghai)
	// [2]   zone           Asia/Shanghai
	//                      local clock with the offsets [1]
	// [3]   service hours  Mon-Fri 09:00-12:00 13:00-18:00
	//                      from the document, clause 1.2 (document, /hours/service/week)
	// [4]   holidays       closed
	//                      from the document, clause 1.2 (document, /hours/service/holidays)
	// [5]   make-up days   closed
	//                      from the document, clause 1.2 (document, /hours/service/makeupDays)
	// [6]   calendar       2024-03-04 through 2024-03-04
	//                      from the table (calendar cn 2023-10-25)
	// [7]   service hours  2024-03-04 through 2024-03-04
	//                      clause 1.2: service hours on the clock of [2], with the week [3], holidays [4], make-up days [5], for [6]
	// [8]   received       Mon 2024-03-04 11:58:30 +08:00
	//                      from the records (requests.csv:2, received)
	// [9]   within         3 min
	//                      from the document, clause 4.1(1) (document, /targets/phone response/within)
	// [10]  due            Mon 2024-03-04 13:01:30 +08:00
	//                      clause 4.1(1): earliest instant by which [9] of service time [7] has passed since [8]
	//
	// Result: due: Mon 2024-03-04 13:01:30 +08:00
	// Seal: e87e36466480ecc26ce3c26f055a788b5c669b89bf8be3edb57f453f8cd281ac
}

func ExampleWorking_Text_chinese() {
	fmt.Print(callback().Text(proof.Chinese))
	// Output:
	// "phone response", call of Monday, 4 March 2024
	//
	// [1]   时区偏移    自 1991-09-14T15:00:00Z 起 +08:00
	//                   时区偏移（tz database，Asia/Shanghai）
	// [2]   时区        Asia/Shanghai
	//                   按偏移[1]的当地时间
	// [3]   服务时间    周一至周五 09:00-12:00 13:00-18:00
	//                   据合同文本，第1.2条（document，/hours/service/week）
	// [4]   节假日      不服务
	//                   据合同文本，第1.2条（document，/hours/service/holidays）
	// [5]   调休上班日  不服务
	//                   据合同文本，第1.2条（document，/hours/service/makeupDays）
	// [6]   日历        2024-03-04 至 2024-03-04（均含当日）
	//                   据公布的表（calendar cn 2023-10-25）
	// [7]   服务时间    2024-03-04 至 2024-03-04（均含当日）
	//                   第1.2条：按时区[2]、每周[3]、节假日[4]、调休上班日[5]确定的期间[6]内的服务时间
	// [8]   收到时间    2024-03-04 周一 11:58:30 +08:00
	//                   据记录（requests.csv:2，received）
	// [9]   约定时限    3分钟
	//                   据合同文本，第4.1(1)条（document，/targets/phone response/within）
	// [10]  截止时间    2024-03-04 周一 13:01:30 +08:00
	//                   第4.1(1)条：自[8]起按服务时间[7]满[9]的最早时刻
	//
	// 结果：截止时间：2024-03-04 周一 13:01:30 +08:00
	// 校验码：e87e36466480ecc26ce3c26f055a788b5c669b89bf8be3edb57f453f8cd281ac
}

func ExampleDecode() {
	_, err := proof.Decode([]byte(`{"format":"contract.working/1","steps":[{"op":"fact","op":"term"}]}`))
	fmt.Println(err)
	// Output: line 1, byte 57: /steps/0: the key "op" stands twice
}

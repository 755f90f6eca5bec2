package contract_test

import (
	"testing"

	"github.com/cfd16870/contract"
)

func TestCompileChecksPenalties(t *testing.T) {
	const late, credits, below = "/latePayment", "/serviceCredits/monthly attainment", "/breach/satisfaction below target"
	testSlips(t, unamended, []slip{
		{why: "a rate a day needs the rate", edits: []edit{{late + "/rate", nil}}, at: late + "/rate", kind: contract.ErrRequired, says: "say the rate"},
		{why: "a rate is 0 or more", edits: []edit{{late + "/rate", "-0.05%"}}, at: late + "/rate", kind: contract.ErrInvalid, says: "0% or more"},
		{why: "a rate a day counts no year", edits: []edit{{late + "/dayCount", "actual/365"}}, at: late + "/dayCount", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "a rate a year says how days make one", edits: []edit{{late + "/charge", "annual rate"}}, at: late + "/dayCount", kind: contract.ErrRequired, says: "actual/365, actual/360"},
		{why: "a rate a day refers to nothing published", edits: []edit{{late + "/reference", obj{"series": "lpr1y", "reset": "at breach"}}}, at: late + "/reference", kind: contract.ErrInvalid, says: "has no effect", more: []string{late + "/reference/series"}},
		{why: "a reference rate refers to a series that is given", edits: []edit{{late + "/charge", "reference rate"}, {late + "/rate", nil}, {late + "/dayCount", "actual/365"}, {late + "/reference", obj{"series": "lpr1y", "reset": "at breach"}}}, at: late + "/reference/series", kind: contract.ErrUnknown, says: `no series "lpr1y" among the reference data given; there are none`},
		{why: "a reference rate has no other", edits: []edit{{late + "/charge", "reference rate"}, {late + "/dayCount", "actual/365"}}, at: late + "/reference", kind: contract.ErrRequired, says: "the published rate", more: []string{late + "/rate"}},
		{why: "grace says how long", edits: []edit{{late + "/grace", "a condition"}}, at: late + "/graceFor", kind: contract.ErrRequired, says: "how long"},
		{why: "no grace is not long", edits: []edit{{late + "/graceFor", "5 days"}}, at: late + "/graceFor", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "grace counts days", edits: []edit{{late + "/grace", "a condition"}, {late + "/graceFor", "12 clock hours"}}, at: late + "/graceFor", kind: contract.ErrInvalid, says: "days, weeks, months or years"},
		{why: "a cap is of the overdue sum", edits: []edit{{late + "/cap/of", "support"}}, at: late + "/cap/of", kind: contract.ErrUnknown, says: `write "overdue sum as first due"`},
		{why: "both parts of a debt are ranked", edits: []edit{{late + "/withinDebt", list{"principal"}}}, at: late + "/withinDebt", kind: contract.ErrRequired, says: "rank the late charge too"},
		{why: "each once", edits: []edit{{late + "/withinDebt", list{"principal", "late charge", "principal"}}}, at: late + "/withinDebt/2", kind: contract.ErrDuplicate, says: "given twice"},
		{why: "a payment that names no debt meets one", edits: []edit{{late + "/acrossDebts", list{"designated"}}}, at: late + "/acrossDebts", kind: contract.ErrRequired, says: "a payment meets that names none"},
		{why: "nothing comes after a rule that always decides", edits: []edit{{late + "/acrossDebts", list{"earliest due", "designated"}}}, at: late + "/acrossDebts/1", kind: contract.ErrInvalid, says: `has no effect: "earliest due" always finds a debt`},
		{why: "a rule once", edits: []edit{{late + "/acrossDebts", list{"designated", "designated", "earliest due"}}}, at: late + "/acrossDebts/1", kind: contract.ErrDuplicate, says: "given twice"},
		{why: "a late charge has no default of tax", edits: []edit{{late + "/tax", obj{"document": "claim"}}}, at: late + "/tax", kind: contract.ErrRequired, says: "say the rate of the tax, or the treatment"},
		{why: "fixed sums begin with the smallest debt", edits: []edit{{late + "/fixedSums", list{obj{"from": "1000.00 CNY", "sum": "40.00 CNY"}}}}, at: late + "/fixedSums/0", kind: contract.ErrConflict, says: "no sum for a debt below 1000.00 CNY"},
		{why: "and end with the largest", edits: []edit{{late + "/fixedSums", list{obj{"below": "1000.00 CNY", "sum": "40.00 CNY"}}}}, at: late + "/fixedSums/0", kind: contract.ErrConflict, says: "no sum for a debt from 1000.00 CNY on"},
		{why: "fixed sums leave no hole", edits: []edit{{late + "/fixedSums", list{obj{"below": "1000.00 CNY", "sum": "40.00 CNY"}, obj{"from": "2000.00 CNY", "sum": "70.00 CNY"}}}}, at: late + "/fixedSums/1", kind: contract.ErrConflict, says: "each from where the one before ends"},
		{why: "a fixed sum is 0 or more", edits: []edit{{late + "/fixedSums", list{obj{"sum": "-40.00 CNY"}}}}, at: late + "/fixedSums/0/sum", kind: contract.ErrInvalid, says: "0 or more"},

		{why: "a credit is at most the fee", edits: []edit{{credits + "/bands/0/credit", "101%"}}, at: credits + "/bands/0/credit", kind: contract.ErrInvalid, says: "between 0% and 100%"},
		{why: "bands leave no hole", edits: []edit{{credits + "/bands/1/below", "89%"}}, at: credits + "/bands/2", kind: contract.ErrConflict, says: "no band holds from 89% below 90%"},
		{why: "bands do not overlap", edits: []edit{{credits + "/bands/1/below", "91%"}}, at: credits + "/bands/2", kind: contract.ErrConflict, says: "overlaps band 1"},
		{why: "a credit is of a fee that there is", edits: []edit{{credits + "/of", "suport fee of the month"}}, at: credits + "/of", kind: contract.ErrUnknown, says: `no item "suport"`},
		{why: "and that has a period", edits: []edit{{credits + "/of", "repair fee of the month"}}, at: credits + "/of", kind: contract.ErrConflict, says: "no fee of a period"},
		{why: "so is a cap", edits: []edit{{credits + "/caps/0/of", "support fee of the week"}}, at: credits + "/caps/0/of", kind: contract.ErrSyntax, says: "support fee of the"},
		{why: "attainment is counted by a clause", edits: []edit{{"/attainment", nil}}, at: credits + "/measure", kind: contract.ErrConflict, says: "no clause says how attainment is counted"},
		{why: "a credit has no default of tax", edits: []edit{{credits + "/tax", obj{"document": "credit note"}}}, at: credits + "/tax", kind: contract.ErrRequired, says: "say the rate of the tax, or the treatment"},

		{why: "a rate a point", edits: []edit{{below + "/rate", nil}}, at: below + "/rate", kind: contract.ErrRequired, says: "the rate for each point"},
		{why: "part of a point counts somehow", edits: []edit{{below + "/units", nil}}, at: below + "/units", kind: contract.ErrRequired, says: "complete, started, proportional"},
		{why: "of which fee", edits: []edit{{below + "/of", nil}}, at: below + "/of", kind: contract.ErrRequired, says: "of which fee"},
		{why: "a rate a point has no amount", edits: []edit{{below + "/amount", "1.00 CNY"}}, at: below + "/amount", kind: contract.ErrInvalid, says: "has no effect"},
		{why: "a fixed penalty has an amount", edits: []edit{{"/breach/breach of confidence/amount", nil}}, at: "/breach/breach of confidence/amount", kind: contract.ErrRequired, says: "say the amount"},
		{why: "a penalty is 0 or more", edits: []edit{{"/breach/breach of confidence/amount", "-1.00 CNY"}}, at: "/breach/breach of confidence/amount", kind: contract.ErrInvalid, says: "0 or more"},
		{why: "a breach is of one side", edits: []edit{{"/breach/breach of confidence/by", "both"}}, at: "/breach/breach of confidence/by", kind: contract.ErrInvalid, says: "of one side"},
		{why: "satisfaction is counted by a clause", edits: []edit{{"/satisfaction", nil}}, at: below + "/when", kind: contract.ErrConflict, says: "no clause says how satisfaction is counted"},

		{why: "a cap of liability is something", edits: []edit{{"/liability/cap", obj{"per": "contract"}}}, at: "/liability/cap", kind: contract.ErrRequired, says: "say the amount, or of which fee"},
		{why: "and one thing", edits: []edit{{"/liability/cap/amount", "1.00 CNY"}}, at: "/liability/cap", kind: contract.ErrConflict, says: "write one"},
		{why: "a multiple is above 0", edits: []edit{{"/liability/cap/times", "0"}}, at: "/liability/cap/times", kind: contract.ErrSyntax, says: "is no multiple"},
	})
}

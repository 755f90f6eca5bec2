package contract

import (
	"fmt"

	"github.com/cfd16870/contract/internal/exact"
)

// The law that stands behind a contract. Nothing of it applies by itself: a
// document names its governing law, which selects the statute with which a
// silence is told, and a rule of law makes a figure only where the document or
// the caller names it. Under one law no article of another is ever cited.

// A Law is a governing law that this library knows statutes of. Any other name
// stands too, and no statute is cited for it.
type Law string

const (
	LawPRC             Law = "PRC"
	LawEnglandAndWales Law = "England and Wales"
)

// A Statute is a rule of law that fills a silence where somebody declares it.
type Statute string

const (
	// SaleInterpretation18 is art. 18(4) of the judicial interpretation on sale
	// contracts, which Civil Code art. 646 extends to other contracts for payment:
	// the one-year loan prime rate at the breach, and 30 to 50 % of it on top.
	SaleInterpretation18 Statute = "PRC sale interpretation 18(4)"
	// SMEPayment is the regulation on payments to small and medium enterprises,
	// 0.05 % a day: art. 17 of the text in force from 2025-06-01, art. 15 before.
	SMEPayment Statute = "PRC SME payment regulation"
	// LatePaymentAct is the Late Payment of Commercial Debts (Interest) Act 1998:
	// 8 % over the base rate of the half-year before, and a fixed sum a debt.
	LatePaymentAct Statute = "England late payment act 1998"
)

// Words returns the words of the choice.
func (Statute) Words() []string {
	return []string{string(SaleInterpretation18), string(SMEPayment), string(LatePaymentAct)}
}

// law is the governing law to which a statute belongs.
func (s Statute) law() Law {
	if s == LatePaymentAct {
		return LawEnglandAndWales
	}
	return LawPRC
}

// silences are the rules that would fill a silence, by what is silent and the law.
var silences = map[string]map[Law]string{
	"/latePayment": {
		LawPRC: "art. 18(4) of the interpretation on sale contracts (Civil Code art. 646), or, of a public body or large enterprise to an SME, " +
			"the regulation on payments to SMEs",
		LawEnglandAndWales: "the Late Payment of Commercial Debts (Interest) Act 1998",
	},
	"/periods":    {LawPRC: "Civil Code art. 200 to 204"},
	"/notices":    {LawPRC: "Civil Code art. 137"},
	"/endings":    {LawPRC: "Civil Code art. 563"},
	"/settlement": {LawPRC: "Civil Code art. 566 and 567"},
	"/payments":   {LawPRC: "Civil Code art. 511 and 628"},
}

// silent says that the contract has no clause for what was asked: which is not 0.
// The statute is told that would fill the gap under the governing law.
func silent(law Law, pointer, format string, args ...any) *Error {
	return &Error{Pointer: pointer, Kind: ErrSilent, Statute: silences[pointer][law], Msg: fmt.Sprintf(format, args...)}
}

// hundred is 100 %, by which prices with tax are divided.
func (k *calc) hundred() figure {
	return k.law("hundred percent", figure{n: exact.New(100), what: percent}, "arithmetic", "")
}

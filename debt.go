package contract

// What an invoice comes to, as accounts and rights take it.

// A Debt is a sum owed by a day: what an invoice comes to.
type Debt struct {
	Source, ID string
	Item       string // what it is for
	Clause     string // by which it is owed
	By         Role   // who owes it; "": the customer
	Amount     Money
	Due        Date // the last day on which it is paid in time

	made func(*calc) (amount figure, due told[Date]) // of an invoice that was computed: how both came about
}

// opening tells the amount and the due date of a debt: as the invoice gives them
// that it comes from, if it still does, else as the record says.
func (d *Debt) opening(k *calc) (amount figure, due told[Date]) {
	if d.made != nil && k.tells() {
		if amount, due = d.made(k); k.err != nil || amount.money().Equal(d.Amount) && due.v == d.Due {
			return amount, due
		}
	}
	return k.fact("overdue sum", moneyFigure(d.Amount), d.Source, "amount"), k.factDate("due date", d.Due, d.Source, "due")
}

// debtor is who owes the debt.
func (d Debt) debtor() Role {
	if d.By == "" {
		return Customer
	}
	return d.By
}

// A DebtDates is a debt as far as rights depend on it: see [DebtState.Dates].
type DebtDates struct {
	Source, Debt string
	Due          Date // the zero Date: not due yet, so that it gives no right
	Paid         Date // the day on which no principal was left; the zero Date: not yet
}

package contract

import (
	"fmt"
	"strings"
)

// currencies are the codes of ISO 4217 in use, by the digits of their minor unit.
var currencies = [5]string{
	0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
	2: "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP CRC CUP CVE CZK " +
		"DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL " +
		"MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK " +
		"SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
	3: "BHD IQD JOD KWD LYD OMR TND",
	4: "CLF UYW",
}

// currencyDigits returns the digits of the minor unit of a currency: 2 for CNY.
func currencyDigits(code string) (int, error) {
	if len(code) == 3 {
		for digits, list := range currencies {
			if i := strings.Index(list, code); i >= 0 && i%4 == 0 {
				return digits, nil
			}
		}
	}
	if code == "" {
		return 0, fmt.Errorf("the currency is not stated; write its ISO 4217 code, such as CNY: %w", ErrRequired)
	}
	return 0, fmt.Errorf("%q is no currency in use; write an ISO 4217 code, such as CNY: %w", clip(code), ErrUnknown)
}

"""Days and amounts as people write them."""

import pytest

from kapok.exchange.importing import amounts, dates


@pytest.mark.parametrize(
    ("written", "iso", "remark"),
    [
        ("2012-03-09", "2012-03-09", ""),
        ("2012-03", "2012-03", ""),
        ("2012", "2012", ""),
        ("2012-03-09T10:00:00Z", "2012-03-09", ""),
        ("09/03/2012", "2012-03-09", dates.AMBIGUOUS),
        ("12/03/2009", "2009-03-12", dates.AMBIGUOUS),
        ("31.12.2010", "2010-12-31", ""),
        ("12/31/2010", "2010-12-31", ""),
        ("05.05.2010", "2010-05-05", ""),
        ("3/2010", "2010-03", ""),
        ("FY 2008", "2008", dates.FISCAL),
        ("FY08", "2008", dates.FISCAL),
        ("FY 2008/09", "2008", dates.FISCAL),
        ("Q3 2010", "2010-07", dates.QUARTER),
        ("2010-Q1", "2010-01", dates.QUARTER),
        ("9 March 2012", "2012-03-09", ""),
        ("March 9th, 2012", "2012-03-09", ""),
        ("1er février 2010", "2010-02-01", ""),
        ("sept. 2010", "2010-09", ""),
        ("15 de marzo de 2010", "2010-03-15", ""),
        ("15 марта 2010 г.", "2010-03-15", ""),
        ("١٥ مارس ٢٠١٠", "2010-03-15", ""),
        ("2010年3月15日", "2010-03-15", ""),
        ("40179", "2010-01-01", dates.SERIAL),
    ],
)
def test_a_day_is_understood(written, iso, remark):
    assert dates.understand(written) == dates.Day(iso, remark)


@pytest.mark.parametrize("written", ["soon", "2010-13", "99/99/2010", "12345678", "31/31/2010", "in 3 years", ""])
def test_what_is_no_day_is_not_guessed(written):
    assert dates.understand(written) is None


@pytest.mark.parametrize(
    ("written", "amount", "currency", "remark"),
    [
        ("1234.50", "1234.5", "", ""),
        ("1 234,50 €", "1234.5", "EUR", ""),
        ("env. 80.000 €", "80000", "EUR", amounts.READ_AS),
        ("80.000", "80000", "", amounts.READ_AS),
        ("80.0000", "80", "", ""),
        ("0.500", "0.5", "", ""),
        ("1.234 million", "1234000", "", amounts.READ_AS),
        ("1 234 567,00 EUR", "1234567", "EUR", ""),
        ("1.234.567,89", "1234567.89", "", ""),
        ("1,233,000", "1233000", "", ""),
        ("US$ 1.2 million", "1200000", "USD", amounts.READ_AS),
        ("USD 250k", "250000", "USD", amounts.READ_AS),
        ("$ 500,000", "500000", "USD", ""),
        ("2229405.86334", "2229405.86", "", amounts.ROUNDED),
        ("12,5 млн EUR", "12500000", "EUR", amounts.READ_AS),
        ("٢٥٠٠", "2500", "", ""),
        ("0", "0", "", ""),
        ("CHF 12'500.-", "12500", "CHF", ""),
        ("(500)", "-500", "", ""),
    ],
)
def test_an_amount_is_understood(written, amount, currency, remark):
    assert amounts.understand(written) == amounts.Money(amount, currency, remark)


@pytest.mark.parametrize("written", ["a lot", "", "10 laboratories", "N/A"])
def test_what_is_no_amount_is_not_guessed(written):
    assert amounts.understand(written) is None

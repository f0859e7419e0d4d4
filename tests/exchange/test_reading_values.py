"""Days and amounts as people write them."""

import pytest

from kapok.exchange.importing import amounts, currencies, dates


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
        ("Año 2019", "2019", ""),
        ("كانون الأول 2026", "2026-12", ""),
        ("15 جانفي 2020", "2020-01-15", ""),
        ("٢٠٢٤/٠٣/٠١", "2024-03-01", ""),
        ("2019 г.", "2019", ""),
        ("عام ٢٠١٩", "2019", ""),
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
        ("30 000 000 FCFA", "30000000", "XOF XAF", ""),
        ("F CFA 1.500.000", "1500000", "XOF XAF", ""),
        ("0,5 milliard FCFA", "500000000", "XOF XAF", amounts.READ_AS),
        ("1,5 million d’euros", "1500000", "EUR", amounts.READ_AS),
        ("1,2 M€", "1200000", "EUR", amounts.READ_AS),
        ("45 000 € HT", "45000", "EUR", amounts.READ_AS),
        ("150 тыс. долл. США", "150000", "USD", amounts.READ_AS),
        ("3,2 млрд руб.", "3200000000", "RUB BYN", amounts.READ_AS),
        ("500万美元", "5000000", "USD", amounts.READ_AS),
        ("１２３４５元", "12345", "CNY", ""),
        ("٢٬٥٠٠٫٧٥ دولار", "2500.75", "USD", ""),
        ("١٥٠ ألف دولار أمريكي", "150000", "USD", amounts.READ_AS),
        ("Rs. 45,00,000", "4500000", "INR PKR LKR NPR MUR SCR", ""),
        ("2 millones de pesos", "2000000", "MXN ARS CLP COP CUP DOP PHP UYU", amounts.READ_AS),
    ],
)
def test_an_amount_is_understood(written, amount, currency, remark):
    assert amounts.understand(written) == amounts.Money(amount, currency, remark)


@pytest.mark.parametrize(
    ("codes", "countries", "code"),
    [
        ("XOF XAF", ["SEN"], "XOF"),
        ("XOF XAF", ["BEN", "TGO"], "XOF"),
        ("XOF XAF", ["CMR"], "XAF"),
        ("XOF XAF", ["SEN", "CMR"], ""),
        ("XOF XAF", ["KEN"], ""),
        ("XOF XAF", [], ""),
        ("USD", [], "USD"),
    ],
)
def test_the_countries_tell_what_a_currency_of_many_is(codes, countries, code):
    assert currencies.settled(codes, countries) == code


@pytest.mark.parametrize(
    ("head", "unit"),
    [
        ("Montant (milliers FCFA)", " milliers"),
        ("Бюджет, тыс. долл. США", " тыс"),
        ("预算（万元）", " 万"),
        ("الميزانية بالمليون دولار", " بالمليون"),
        ("Budget (M€)", " m"),
        ("Military training (USD)", ""),
        ("Montant", ""),
    ],
)
def test_a_head_says_in_what_amounts_are_counted(head, unit):
    assert amounts.unit_in(head) == unit


@pytest.mark.parametrize(
    ("written", "days"),
    [
        ("2019-2021", ["2019", "2021"]),
        ("2019-20", ["2019", "2020"]),
        ("2019", ["2019"]),
        ("du 13/02/2019 au 31/12/2021", ["2019-02-13", "2021-12-31"]),
        ("janvier 2019 à mars 2020", ["2019-01", "2020-03"]),
        ("desde enero de 2019 hasta diciembre de 2020", ["2019-01", "2020-12"]),
        ("с 2019 по 2021 г.", ["2019", "2021"]),
        ("2018年5月—2020年12月", ["2018-05", "2020-12"]),
        ("من ٢٠١٩ إلى ٢٠٢١", ["2019", "2021"]),
    ],
)
def test_a_start_and_an_end_in_one_cell(written, days):
    assert [day.iso for day in dates.period(written)] == days


@pytest.mark.parametrize("written", ["2021-2019", "36 mois", "soon"])
def test_what_is_no_period_is_not_guessed(written):
    assert dates.period(written) is None


@pytest.mark.parametrize(
    ("written", "months"),
    [("36 mois", 36), ("3 ans", 36), ("2 года", 24), ("18个月", 18), ("٢٤ شهراً", 24), ("12", 0), ("3 weeks", 0)],
)
def test_a_length_in_words(written, months):
    assert dates.months_in(written) == months


@pytest.mark.parametrize("written", ["a lot", "", "10 laboratories", "N/A"])
def test_what_is_no_amount_is_not_guessed(written):
    assert amounts.understand(written) is None

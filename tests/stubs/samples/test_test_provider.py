"""What LEAN's regression tests say of companies, read from C#."""

from __future__ import annotations

from pathlib import Path

from lean_stubs.samples.test_provider import provided_reports

SOURCE = """
        private readonly Dictionary<string, double> _ratios = new()
        {
            { "AAA R735QTJ8XC9X", 13.5d },
        };
        private readonly Dictionary<string, long> _shares = new()
        {
            { "AAA R735QTJ8XC9X", 72866646492 },
            { "BBB R735QTJ8XC9X", 5 },
        };
            switch (name)
            {
                case nameof(CoarseFundamental.HasFundamentalData):
                    return true;
                case "CompanyProfile_SharesOutstanding":
                    if (_shares.TryGetValue(securityIdentifier.ToString(), out var shares))
                    {
                        return shares;
                    }
                    return 0L;
                case "CompanyProfile_HeadquarterCity":
                    if (securityIdentifier.Symbol == "AAA")
                    {
                        return "Cupertino";
                    }
                    return string.Empty;
                case "ValuationRatios_PERatio":
                    if (_ratios.TryGetValue(securityIdentifier.ToString(), out var ratio))
                    {
                        return ratio;
                    }
                    return 0d;
            }
            return null;
"""


def test_tables_single_companies_and_what_is_said_of_all_others(tmp_path: Path) -> None:
    file = tmp_path / "Tests" / "Common" / "Data" / "Fundamental" / "TestFundamentalDataProvider.cs"
    file.parent.mkdir(parents=True)
    file.write_text(SOURCE)
    assert provided_reports(tmp_path) == {
        "*": {
            "company_profile.shares_outstanding": 0,
            "company_profile.headquarter_city": "",
            "valuation_ratios.pe_ratio": 0.0,
        },
        "AAA R735QTJ8XC9X": {"company_profile.shares_outstanding": 72866646492, "valuation_ratios.pe_ratio": 13.5},
        "BBB R735QTJ8XC9X": {"company_profile.shares_outstanding": 5},
        "AAA": {"company_profile.headquarter_city": "Cupertino"},
    }


def test_a_repository_without_the_file_says_nothing(tmp_path: Path) -> None:
    assert provided_reports(tmp_path) == {}

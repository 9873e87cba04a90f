"""What LEAN's C# classes say of the Python samples of their names."""

from lean_stubs.samples.twins import Twins

BASE = """
namespace QuantConnect.Algorithm.CSharp
{
    /// <summary>A class of trades</summary>
    public class Base : QCAlgorithm, IRegressionAlgorithmDefinition
    {
        private class Helper : AlphaModel { }

        public AlgorithmStatus AlgorithmStatus => AlgorithmStatus.RuntimeError;

        public virtual Dictionary<string, string> ExpectedStatistics => new Dictionary<string, string>
        {
            {"Total Orders", "4"},
            {"End Equity", "100"}
        };
    }

    public class Beside : QCAlgorithm
    {
        public AlgorithmStatus AlgorithmStatus => AlgorithmStatus.Completed;
    }
}
"""
DERIVED = """
namespace QuantConnect.Algorithm.CSharp
{
    public class Derived : Base
    {
        public override AlgorithmStatus AlgorithmStatus => AlgorithmStatus.Completed;
    }
}
"""


def test_a_class_is_found_wherever_it_is_and_says_what_its_base_says(tmp_path):
    (tmp_path / "Tests").mkdir()
    (tmp_path / "Base.cs").write_text(BASE, encoding="utf-8-sig")
    (tmp_path / "Tests" / "OtherName.cs").write_text(DERIVED, encoding="utf-8")
    twins = Twins(tmp_path)
    said = {"Total Orders": "4", "End Equity": "100"}
    assert twins.expected_statistics("Base") == twins.expected_statistics("Derived") == said
    assert twins.is_to_fail("Base")
    assert not twins.is_to_fail("Derived")
    assert twins.expected_statistics("Beside") == twins.expected_statistics("Helper") == {}
    assert not twins.is_to_fail("Beside")


def test_a_class_of_no_repository_says_nothing(tmp_path):
    twins = Twins(tmp_path / "none")
    assert twins.expected_statistics("Base") == {}
    assert not twins.is_to_fail("Base")

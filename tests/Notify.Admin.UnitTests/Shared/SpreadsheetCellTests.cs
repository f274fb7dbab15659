using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public class SpreadsheetCellTests
{
    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@SUM(A1)")]
    [InlineData("\tx")]
    [InlineData("\rx")]
    [InlineData("\nx")]
    [InlineData(" =1")]
    [InlineData("\u00A0\u3000=1")]
    [InlineData("\"=1\"")]
    [InlineData(" \" \t=1")]
    [InlineData("\uFF1D1")]
    [InlineData("'=1")]
    [InlineData("''")]
    public void Write_Formula_IsTextAndComesBackUnchanged(string text)
    {
        var read = Parse(SpreadsheetCell.Write(text));

        read.ShouldBe("'" + text);
        SpreadsheetCell.Restore(read).ShouldBe(text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("a=b, c;d\te \"f\"\r\ng")]
    [InlineData("2026-01-02T03:04:05Z")]
    [InlineData("\"quoted\"")]
    [InlineData("  ")]
    public void Write_AnythingElse_StaysAsItIs(string text)
    {
        var read = Parse(SpreadsheetCell.Write(text));

        read.ShouldBe(text);
        SpreadsheetCell.Restore(read).ShouldBe(text);
    }

    [Fact]
    public void Restore_ApostropheOfAPerson_Stays() => SpreadsheetCell.Restore("'tis plain").ShouldBe("'tis plain");

    private static string Parse(string cell)
    {
        using var parser = new CsvParser(new StringReader($"x,{cell},y"), new CsvConfiguration(CultureInfo.InvariantCulture));
        parser.Read().ShouldBeTrue();
        return parser.Record.ShouldNotBeNull().Length == 3 ? parser[1] : throw new FormatException(cell);
    }
}

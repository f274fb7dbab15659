using Notify.Admin.Channels;

namespace Notify.Admin.UnitTests.Channels;

public sealed class ChannelTagsTests
{
    [Theory]
    [InlineData(" Prod ", "prod")]
    [InlineData("team:Payments.eu-1_b", "team:payments.eu-1_b")]
    [InlineData("支付", "支付")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("", null)]
    [InlineData("two words", null)]
    [InlineData("a,b", null)]
    [InlineData("pro\u200Bd", null)]
    [InlineData("\u202Edorp", null)]
    [InlineData("\uD800", null)]
    [InlineData("1234567890123456789012345678901234567890", "1234567890123456789012345678901234567890")]
    [InlineData("12345678901234567890123456789012345678901", null)]
    public void Clean_KeepsLettersDigitsAndFourMarks_InSmallLetters(string typed, string? expected) =>
        ChannelTags.Clean(typed).ShouldBe(expected);

    [Fact]
    public void Column_IsReadBack_AndHoldsWhatIsLookedFor()
    {
        var column = ChannelTags.Write(ChannelTags.Ordered(["prod", "eu", "prod"]));

        ChannelTags.Read(column).ShouldBe(["eu", "prod"]);
        column.ShouldContain(ChannelTags.InColumn("eu"));
        column.ShouldNotContain(ChannelTags.InColumn("pro"));
        ChannelTags.Read(ChannelTags.Write([])).ShouldBeEmpty();
    }

    [Fact]
    public void Column_OfTheMostAndLongest_Fits() => ChannelTags.Write([.. Enumerable.Range(0, ChannelTags.Most)
        .Select(_ => string.Concat(Enumerable.Repeat("\U00020000", ChannelTags.MostLength)))]).Length.ShouldBe(ChannelTags.ColumnLength);

    [Fact]
    public void Change_SaysWhatComesOfIt()
    {
        new TagChange("eu", true).Apply(["prod"]).ShouldSatisfyAllConditions(
            change => change.Tags.ShouldBe(["eu", "prod"]), change => change.Outcome.ShouldBe(TagOutcome.Done));
        new TagChange("prod", true).Apply(["prod"]).ShouldBe((null, TagOutcome.WasSo));
        new TagChange("eu", false).Apply(["prod"]).ShouldBe((null, TagOutcome.WasSo));
        new TagChange("prod", false).Apply(["prod"]).Tags.ShouldBe([]);
        new TagChange("one", true).Apply([.. Enumerable.Range(0, ChannelTags.Most).Select(number => $"{number}")])
            .ShouldBe((null, TagOutcome.TooMany));
    }
}

using System.Globalization;
using Bunit;
using Notify.Admin.Shared;

namespace Notify.Admin.UnitTests.Shared;

public sealed class LocalTimeTests : ComponentTest
{
    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-4, "just now")]
    [InlineData(-5, "5 s ago")]
    [InlineData(-59, "59 s ago")]
    [InlineData(-60, "1 min ago")]
    [InlineData(-3599, "59 min ago")]
    [InlineData(-3600, "1 h ago")]
    [InlineData(-86399, "23 h ago")]
    [InlineData(-86400, "1 d ago")]
    [InlineData(-604799, "6 d ago")]
    [InlineData(-604800, "2026-08-14")]
    [InlineData(42, "in 42 s")]
    [InlineData(90, "in 1 min")]
    [InlineData(7200, "in 2 h")]
    [InlineData(172800, "in 2 d")]
    public void Render_Relative_ReadsInWords(int seconds, string expected) =>
        RenderTime(seconds).Find("time").TextContent.ShouldBe(expected);

    [Fact]
    public void Render_Relative_CarriesTheExactMoment()
    {
        var time = RenderTime(-90).Find("time");

        time.GetAttribute("datetime").ShouldBe("2026-08-21T14:03:39.000Z");
        time.GetAttribute("title").ShouldBe("2026-08-21 14:03:39 UTC");
        time.GetAttribute("data-time").ShouldBe("relative");
    }

    [Fact]
    public void Render_Absolute_TurnsWordsAndTooltipAround()
    {
        var time = Render<LocalTime>(parameters => parameters.Add(t => t.Value, Now.AddMinutes(-5)).Add(t => t.Absolute, true))
            .Find("time");

        time.TextContent.ShouldBe("2026-08-21 14:00:09 UTC");
        time.GetAttribute("title").ShouldBe("5 min ago");
    }

    [Fact]
    public void Render_OtherOffset_IsTheSameMoment()
    {
        var time = Render<LocalTime>(parameters => parameters.Add(t => t.Value, Now.ToOffset(TimeSpan.FromHours(8)).AddMinutes(-1)))
            .Find("time");

        time.GetAttribute("datetime").ShouldBe("2026-08-21T14:04:09.000Z");
        time.TextContent.ShouldBe("1 min ago");
    }

    [Fact]
    public void Render_Nothing_SaysSo()
    {
        var time = Render<LocalTime>(parameters => parameters.Add(t => t.Value, null).Add(t => t.Missing, "never"));

        time.FindAll("time").ShouldBeEmpty();
        time.Markup.ShouldContain("never");
    }

    [Fact]
    public void Render_Chinese_ReadsInChinese()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");

        RenderTime(-300).Find("time").TextContent.ShouldBe("5 分钟前");
    }

    private IRenderedComponent<LocalTime> RenderTime(int seconds) =>
        Render<LocalTime>(parameters => parameters.Add(t => t.Value, Now.AddSeconds(seconds)));
}

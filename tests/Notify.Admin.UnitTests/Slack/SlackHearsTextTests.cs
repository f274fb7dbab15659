using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public class SlackHearsTextTests
{
    private static readonly SlackSwitches Example = new() { SlackCompleteAborted = true, SlackStop = true,
        SlackAvgThreat = SlackAvgThreat.Medium };

    [Theory]
    [InlineData("en", "Sends: finished scans from Medium upwards, stopped scans.")]
    [InlineData("zh-CN", "接收：平均级别为中危及以上的已结束扫描、被停止的扫描。")]
    public void Summarize_SingleSwitches_NamesEach(string language, string expected) =>
        SlackTexts.In(language, () => SlackHearsText.Summarize(Example, SlackTexts.Localizer)).ShouldBe(expected);

    [Fact]
    public void Summarize_AllSingleSwitches_NamesAbortedScansOnce() =>
        SlackHearsText.Summarize(
            new SlackSwitches
            {
                SlackStartFromSchedule = true,
                SlackStartFromQueue = true,
                SlackCompleteAborted = true,
                SlackAborted = true,
                SlackStop = true,
                SlackDelete = true,
                SlackPause = true,
                SlackUnpause = true,
            },
            SlackTexts.Localizer).ShouldBe(
            "Sends: scans started by schedule, scans started from the queue, finished scans, stopped scans, deleted scans, paused scans, resumed scans.");

    [Fact]
    public void Summarize_OnlyAborted_NamesItsThreshold() =>
        SlackHearsText.Summarize(new SlackSwitches { SlackAborted = true, SlackAvgThreat = SlackAvgThreat.High }, SlackTexts.Localizer)
            .ShouldBe("Sends: aborted scans from High upwards.");

    [Theory]
    [InlineData("en", "Sends every event.")]
    [InlineData("zh-CN", "接收所有事件。")]
    public void Summarize_SlackNotify_IsEverything(string language, string expected) =>
        SlackTexts.In(language, () => SlackHearsText.Summarize(Example with { SlackNotify = true }, SlackTexts.Localizer))
            .ShouldBe(expected);

    [Fact]
    public void Summarize_SwitchedOff_SaysSo() =>
        SlackHearsText.Summarize(Example with { IsOn = false, SlackNotify = true }, SlackTexts.Localizer)
            .ShouldBe("Switched off: sends nothing.");

    [Fact]
    public void Summarize_NothingOn_SaysSo() =>
        SlackHearsText.Summarize(new SlackSwitches(), SlackTexts.Localizer).ShouldBe("Sends nothing.");

    [Theory]
    [InlineData("en", "Every switch is off")]
    [InlineData("zh-CN", "所有开关均已关闭")]
    public void Warn_NothingOn_Warns(string language, string expected) =>
        SlackTexts.In(language, () => SlackHearsText.Warn(new SlackSwitches { SlackAvgThreat = SlackAvgThreat.High }, SlackTexts.Localizer))
            .ShouldNotBeNull().ShouldStartWith(expected);

    [Fact]
    public void Warn_SomethingOn_IsSilent()
    {
        SlackHearsText.Warn(Example, SlackTexts.Localizer).ShouldBeNull();
        SlackHearsText.Warn(new SlackSwitches { SlackUnpause = true }, SlackTexts.Localizer).ShouldBeNull();
    }

    [Fact]
    public void Resources_BothLanguages_HaveTheSameTexts()
    {
        var english = SlackTexts.In("en", () => SlackTexts.Localizer.GetAllStrings(includeParentCultures: true).Select(text => text.Name)
            .Order().ToList());
        var chinese = SlackTexts.In("zh-CN", () => SlackTexts.Localizer.GetAllStrings(includeParentCultures: false)
            .Select(text => text.Name).Order().ToList());

        chinese.ShouldBe(english);
    }
}

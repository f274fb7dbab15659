using Notify.Admin.Channels;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Slack;

public sealed class SlackPreviewBlockTests
{
    private static readonly DateTimeOffset Now = new(2026, 8, 21, 14, 5, 9, TimeSpan.Zero);

    [Fact]
    public void ReadAll_EverySample_ShowsItsEventIdAndNoMarkup()
    {
        foreach (var sample in SlackSample.All(Now))
        {
            var blocks = SlackPreviewBlock.ReadAll(Compose(sample.Event));

            blocks[0].Kind.ShouldBe(SlackBlockKind.Header);
            var text = string.Join('\n', blocks.SelectMany(block => block.Texts));
            text.ShouldContain("example-1");
            text.ShouldNotContain("&amp;");
            text.ShouldNotContain("*");
        }
    }

    [Fact]
    public void ReadAll_HostileText_ComesOutAsItWentIn()
    {
        var record = SlackSample.All(Now)[^1].Event with { Fields =
            new EventFields { Title = "<!channel> & <script>alert(1)</script> &lt;" } };

        SlackPreviewBlock.ReadAll(Compose(record))[0].Texts[0].ShouldContain("<!channel> & <script>alert(1)</script> &lt;");
    }

    [Fact]
    public void Samples_EverySwitch_IsHeardByOneOfThem()
    {
        var samples = SlackSample.All(Now);
        foreach (var field in SlackFields.Table.Fields.Where(field => field.Name.StartsWith("Slack", StringComparison.Ordinal)
            && field.Name != "SlackAvgThreat"))
        {
            var model = new SlackIntegrationFormModel();
            typeof(SlackIntegrationFormModel).GetProperty(field.Name)!.SetValue(model, true);

            samples.ShouldContain(sample => SlackMatching.Decide(model.ToSwitches(), sample.Event).Hears, field.Name);
        }
    }

    [Theory]
    [InlineData("en")]
    [InlineData("zh-CN")]
    public void Samples_All_HaveAName(string language) =>
        SlackTexts.In(language, () => SlackSample.All(Now).Count(sample => SlackTexts.Localizer[$"Sample.{sample.Key}"].ResourceNotFound))
            .ShouldBe(0);

    private static string Compose(EventRecord record) => SlackMessageComposer.Compose(
        new SlackMessageSettings("C0123456789"),
        new ChannelMessage(MessagePurpose.Event, "D-EXAMPLE", Now, [new MessageItem(0, "D-EXAMPLE", record)]))[0].Body;
}

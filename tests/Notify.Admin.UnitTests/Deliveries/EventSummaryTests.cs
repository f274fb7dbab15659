using System.Globalization;
using Notify.Admin.Channels;
using Notify.Admin.Deliveries;
using Notify.Admin.Rules;

namespace Notify.Admin.UnitTests.Deliveries;

public sealed class EventSummaryTests
{
    [Theory]
    [InlineData("scan.completed", null, "web-01", "Scan completed: web-01", "扫描已完成：web-01")]
    [InlineData("scan.paused", null, null, "Scan paused", "扫描已暂停")]
    [InlineData("scan.stopped", "Weekly scan", "web-01", "Weekly scan", "Weekly scan")]
    [InlineData("sas_analysis_online-sas-operation-log-sas-event-vul", " ", "db-02", "Vulnerability: db-02", "漏洞：db-02")]
    [InlineData("com.example.backup", null, "db-02", "com.example.backup: db-02", "com.example.backup：db-02")]
    [InlineData("com.example.backup", null, null, "com.example.backup", "com.example.backup")]
    public void Headline_IsTheTitleOrWhatHappenedToWhat(string type, string? title, string? asset, string english, string chinese)
    {
        var summary = new EventSummary(1, "id", "source", type, DateTimeOffset.UnixEpoch, Severity.Low, title, asset);

        summary.HeadlineIn(CultureInfo.GetCultureInfo("en")).ShouldBe(english);
        summary.HeadlineIn(CultureInfo.GetCultureInfo("zh-CN")).ShouldBe(chinese);
    }

    [Fact]
    public void Kinds_OfEveryTypeThatHasFields_HaveAName()
    {
        string[] types = [.. Vocabulary.AlertTypes.Select(type => Vocabulary.SuffixMarker + type.Suffix),
            .. new[] { "started", "completed", "aborted", "stopped", "deleted", "paused", "resumed" }.Select(verb => $"scan.{verb}")];

        types.ShouldAllBe(type => EventVocabulary.FieldsOf(type).Length > 0 && EventKinds.Find(type) != null);
    }
}

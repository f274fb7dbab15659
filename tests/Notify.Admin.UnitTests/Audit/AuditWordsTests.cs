using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Notify.Admin.Audit;
using Notify.Admin.Data;
using Notify.Admin.DingTalk;
using Notify.Admin.Settings;
using Notify.Admin.Slack;

namespace Notify.Admin.UnitTests.Audit;

/// <summary>Every field that entries of the trail name has words; both languages have the same texts. Fields of entries that are really
/// written are looked at by the trail's coverage tests too.</summary>
public sealed partial class AuditWordsTests
{
    private static readonly string Source = FindSource();

    private static readonly StringLocalizer<AuditText> Texts = new(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    [Fact]
    public void Fields_OfFormsAndSettings_HaveWords() => ShouldHaveWords(
    [
        .. SlackFields.Table.Describe(SlackIntegrationView.Of(new SlackIntegration { Name = "", ChannelId = "" })).Keys,
        .. ChatbotFields.Table.Describe(ChatbotView.Of(new DingTalkChatbot
        {
            Name = "", WebhookBase = "https://robot.example/send", AccessToken = new ProtectedString("", ""), Fingerprint = "",
                ConfigList = "[]",
        })).Keys,
        .. SettingCatalogue.All.Where(setting => setting.IsEditable).Select(setting => setting.Key),
    ]);

    [Fact]
    public void Fields_NamedInTheSource_HaveWords() => ShouldHaveWords(
    [
        .. Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => NamedField().Matches(File.ReadAllText(file))).Select(match => match.Groups["field"].Value),
    ]);

    [Theory]
    [InlineData("192.0.2.7 browser", "192.0.2.7 · browser", "192.0.2.7 · 浏览器")]
    [InlineData("2001:db8::7 api key", "2001:db8::7 · API key", "2001:db8::7 · API 密钥")]
    [InlineData("192.0.2.7 access key", "192.0.2.7 · AccessKey", "192.0.2.7 · AccessKey")]
    [InlineData("unknown browser", "unknown address · browser", "未知地址 · 浏览器")]
    [InlineData("system", "The product itself", "系统自身")]
    [InlineData("configuration", "Configuration", "配置")]
    [InlineData("Config", "Configuration directory", "配置目录")]
    [InlineData("somewhere else", "somewhere else", "somewhere else")]
    public void Origin_IsSaidInTheReadersLanguage(string origin, string english, string chinese)
    {
        (Say("en"), Say("zh-CN")).ShouldBe((english, chinese));

        string Say(string language)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            return AuditWords.OfOrigin(Texts, origin);
        }
    }

    private static void ShouldHaveWords(string[] fields)
    {
        var words = XDocument.Load(Path.Combine(Source, "Audit", "AuditText.resx")).Root!.Elements("data")
            .Select(text => text.Attribute("name")!.Value).ToHashSet();
        fields.ShouldNotBeEmpty();
        fields.Distinct().Where(field => !words.Contains($"Field.{field}")).ShouldBeEmpty();
    }

    private static string FindSource([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Notify.Admin"));

    [GeneratedRegex("new FieldChange\\(\"(?<field>\\w+)\"")]
    private static partial Regex NamedField();
}

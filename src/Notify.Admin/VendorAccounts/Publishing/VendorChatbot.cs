using System.Globalization;
using System.Text.Json;
using Notify.Admin.DingTalk;
using Notify.Admin.Security;

namespace Notify.Admin.VendorAccounts;

/// <summary>What Security Center knows of a chatbot: all that can be published, and no secret.</summary>
/// <param name="Url">Masked.</param>
/// <param name="GroupIds">In ascending order.</param>
internal sealed record VendorChatbot(
    string Name, string Url, bool IsOn, long IntervalMinutes, string ConfigList, IReadOnlyList<string> GroupIds, string Language)
    : VendorChannel(Name)
{
    /// <summary>Its settings, as <see cref="ListSettings"/> calls them.</summary>
    public const string NameField = "name";
    public const string IntervalField = "intervalTime";
    public const string LanguageField = "dingTalkLang";
    public const string GroupsField = "groupIdList";
    public const string RulesField = "configList";

    private const int LongestUrl = 512;

    /// <summary>What is published of a chatbot of ours.</summary>
    public static VendorChatbot Of(DingTalkChatbot chatbot) => new(
        chatbot.Name, chatbot.MaskedUrl, chatbot.IsOn, chatbot.IntervalMinutes, chatbot.ConfigList,
        [.. DingTalk.GroupIds.Read(chatbot.GroupIdList).Order(StringComparer.Ordinal)],
        chatbot.Language == DingTalkLanguage.En ? "en" : "zh") { Tail = chatbot.AccessToken.LastFour.TrimStart('•') };

    /// <summary>Reads one element of <c>ActionList</c>.</summary>
    /// <returns>Null where it has no id or no name.</returns>
    public static VendorChatbot? Read(JsonElement item) =>
        item.ValueKind != JsonValueKind.Object
        || !int.TryParse(Text(item, "Id"), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        || Text(item, "ActionName") is not { Length: > 0 } name
            ? null
            : new VendorChatbot(
                ForeignText.Line(name, 256), Masked(Text(item, "Url")),
                Text(item, "Status") != "0",
                long.TryParse(Text(item, "IntervalTime"), NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) ? minutes : 0,
                ReadRules(Text(item, "ConfigList")),
                [.. DingTalk.GroupIds.Read(Text(item, "GroupIdList") ?? "[]").Order(StringComparer.Ordinal)],
                Text(item, "DingTalkLang") == "en" ? "en" : "zh") { Id = id, Tail = TailOf(Text(item, "Url")) };

    /// <summary>The last characters of the robot's token as far as they are shown; empty where nothing is.</summary>
    public string Tail { get; init; } = "";

    public override IReadOnlyList<VendorSetting> ListSettings() =>
    [
        new(NameField, Name), new("url", Url) { Meaning = Url.Split('?')[0], IsSecret = true },
        new(IntervalField, Number(IntervalMinutes)), new(LanguageField, Language), new(GroupsField, string.Join(", ", GroupIds)),
        new(RulesField, ConfigList) { Meaning = MeaningOf(ConfigList) }, new(PublishPlan.Status, IsOn ? "1" : "0"),
    ];

    public override bool? ShowsSecretOf(VendorChannel ours) =>
        Tail.Length == 0 || ours is not VendorChatbot { Tail.Length: > 0 } chatbot ? null
            : chatbot.Tail.EndsWith(Tail, StringComparison.Ordinal);

    public override string Write() => JsonSerializer.Serialize(this);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    // The vendor reads rules back with another prefix than it was given, and the order of rules, keys and values means nothing.
    private static string MeaningOf(string json) => Rules.ConfigList.Parse(json).List is not { } list ? json
        : string.Join('\n', list.Rules.Select(rule => $"{rule.AlertType?.Suffix ?? rule.Type}: " + string.Join("; ",
            rule.Items.OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => $"{item.Key}={string.Join('|', item.Values.Order(StringComparer.Ordinal))}")))
            .Order(StringComparer.Ordinal));

    // Kept as the reader understands it; what it does not understand stays as it is, so that it differs from all of ours.
    private static string ReadRules(string? json) => string.IsNullOrEmpty(json) ? Rules.ConfigList.Empty.Json
        : Rules.ConfigList.Parse(json).List?.Json ?? ForeignText.Fit(json, Rules.ConfigList.MaxLength);

    // The vendor may show the whole of it; nobody else is to.
    private static string Masked(string? url) =>
        $"{ForeignText.Line(url?.Split('?')[0], LongestUrl)}?{WebhookUrl.TokenParameter}=****{TailOf(url)}";

    private static string TailOf(string? url)
    {
        var token = url?.Split($"{WebhookUrl.TokenParameter}=") is [_, var rest] ? rest.Split('&')[0] : "";
        var shown = token[(token.LastIndexOf('*') + 1)..];
        // The vendor's pages write XXX for a token.
        return shown.All(letter => letter == 'X') ? "" : shown[Math.Max(0, shown.Length - 4)..];
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString() : null;
}

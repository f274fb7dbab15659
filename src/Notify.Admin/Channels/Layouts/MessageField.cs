using Notify.Admin.Rules;

namespace Notify.Admin.Channels;

/// <summary>How a message's language calls what has no words of its own.</summary>
internal interface IEventWords
{
    RuleLanguage Language { get; }

    string NameOf(Severity severity);

    /// <summary>Null where the event does not say.</summary>
    string? NameOf(EventState state);
}

/// <summary>Something of an event that a message can show, and a title can name in braces.</summary>
/// <param name="Name">As it is stored and written in templates.</param>
/// <param name="Read">Foreign text, neither cleaned nor escaped; null where the event has none.</param>
internal sealed record MessageField(string Name, Bilingual Label, Func<EventRecord, IEventWords, string?> Read)
{
    public const string Severity = "severity";
    public const string State = "state";
    public const string Description = "description";

    /// <summary>Before the name of a label that the source added: <c>labels.team</c>.</summary>
    public const string LabelPrefix = "labels.";

    private const int LongestLabel = 128;

    public static readonly IReadOnlyList<MessageField> All =
    [
        new("title", new("Title", "标题"), (record, words) => TitleOf(record, words.Language)),
        new("asset", new("Asset", "资产"), (record, _) => record.Fields.Asset ?? record.Fields.Target),
        new("target", new("Target", "扫描目标"), (record, _) => record.Fields.Target),
        new(Severity, new("Severity", "严重程度"), (record, words) => words.NameOf(record.Severity)),
        new(State, new("State", "状态"), (record, words) => words.NameOf(record.Fields.State)),
        new("kind", new("Kind", "类型"), (record, words) => KindOf(record, words.Language)),
        new("category", new("Alert category", "告警类别"),
            (record, words) => InWords(record, Vocabulary.EventType, record.Fields.EventType, words)),
        new("type", new("Type", "分类"), (record, words) => InWords(record, Vocabulary.Type, record.Fields.Type, words)),
        new("level", new("Level", "级别"), (record, words) => InWords(record, Vocabulary.ItemLevel, record.Fields.ItemLevel, words)),
        new("necessity", new("Urgency", "修复紧急度"),
            (record, words) => InWords(record, Vocabulary.Necessity, record.Fields.Necessity, words)),
        new("group", new("Group", "分组"), (record, _) => record.Fields.Group),
        new("groupId", new("Asset group", "资产分组"), (record, _) => record.Fields.GroupId),
        new("scan", new("Scan", "扫描编号"), (record, _) => record.Fields.ScanId),
        new("source", new("Source", "来源"), (record, _) => record.Source),
        new("time", new("Time", "时间"), (record, _) => record.Time.UtcDateTime.ToString(
            "yyyy-MM-dd HH:mm:ss 'UTC'", System.Globalization.CultureInfo.InvariantCulture)),
        new("id", new("Event ID", "事件 ID"), (record, _) => record.Id),
        new(Description, new("Details", "详情"), (record, words) => words.Language == RuleLanguage.Zh
            ? record.Fields.Chinese?.Text ?? record.Fields.Description : record.Fields.Description),
    ];

    /// <summary>The field, or the label; null for a name that is none.</summary>
    public static MessageField? Find(string name) =>
        All.FirstOrDefault(field => field.Name == name)
        ?? (name.StartsWith(LabelPrefix, StringComparison.Ordinal) && name.Length > LabelPrefix.Length
            && name.Length <= LabelPrefix.Length + LongestLabel && Security.PlainText.IsLine(name)
            ? OfLabel(name[LabelPrefix.Length..]) : null);

    private static MessageField OfLabel(string label) =>
        new(LabelPrefix + label, new(label, label), (record, _) => record.Fields.Labels.GetValueOrDefault(label));

    private static string? TitleOf(EventRecord record, RuleLanguage language)
    {
        var title = language == RuleLanguage.Zh ? record.Fields.Chinese?.Title ?? record.Fields.Title : record.Fields.Title;
        return string.IsNullOrWhiteSpace(title) ? KindOf(record, language) : title;
    }

    private static string KindOf(EventRecord record, RuleLanguage language) =>
        EventKinds.Find(record.Type)?.In(language) ?? record.Type;

    private static string? InWords(EventRecord record, string key, string? value, IEventWords words) => value is null ? null
        : Vocabulary.FindByType(record.Type)?.Keys.FirstOrDefault(known => known.Name == key)?.Find(value)?.Label.In(words.Language)
            ?? value;
}

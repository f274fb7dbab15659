using System.Globalization;
using System.Resources;
using Notify.Admin.Channels;
using Notify.Admin.Rules;

namespace Notify.Admin.DingTalk;

/// <summary>The words of messages in a chatbot's own language, whatever language the person at the browser reads.</summary>
internal sealed class MessageWords : IEventWords
{
    private static readonly ResourceManager Resources = new(typeof(DingTalkText));

    private static readonly MessageWords English = new(CultureInfo.InvariantCulture, RuleLanguage.En);
    private static readonly MessageWords Chinese = new(CultureInfo.GetCultureInfo("zh-CN"), RuleLanguage.Zh);

    private readonly MessageTexts _texts;

    private MessageWords(CultureInfo culture, RuleLanguage language)
    {
        _texts = new MessageTexts(Resources, culture);
        Language = language;
    }

    public RuleLanguage Language { get; }

    public string this[string key, params ReadOnlySpan<object?> arguments] => _texts[key, arguments];

    public static MessageWords In(DingTalkLanguage language) => language == DingTalkLanguage.En ? English : Chinese;

    public string Of(Severity severity) => _texts.Find($"Severity.{severity}");

    public string Of(EventState state) => _texts.Find($"State.{state}");

    string IEventWords.NameOf(Severity severity) => Of(severity);

    string? IEventWords.NameOf(EventState state) => state == EventState.None ? null : Of(state);

    /// <summary>The state, to stand before everything else, of what has ended.</summary>
    public string StateBefore(EventRecord record) =>
        record.Fields.State == EventState.Resolved ? $"{Of(EventState.Resolved)} · " : string.Empty;

    public string Field(string label, string value) => this["Field", label, value];

    /// <summary>The event's title, in this language where the event has it.</summary>
    public string? Title(EventFields fields) => Language == RuleLanguage.Zh ? fields.Chinese?.Title ?? fields.Title : fields.Title;

    /// <inheritdoc cref="Title"/>
    public string? Description(EventFields fields) =>
        Language == RuleLanguage.Zh ? fields.Chinese?.Text ?? fields.Description : fields.Description;
}

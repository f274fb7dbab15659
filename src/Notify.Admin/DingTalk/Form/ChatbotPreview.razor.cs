using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>Shows example messages as the chatbot that is being typed would send them, by the code that composes for real.</summary>
public sealed partial class ChatbotPreview
{
    private string _sampleKey = "Alert";
    private DingTalkLanguage? _chosen;
    private IReadOnlyList<ChatbotSample> _samples = [];
    private IReadOnlyList<MarkdownBlock> _blocks = [];
    private string _title = string.Empty;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public ChatbotFormModel Model { get; set; } = null!;

    private string TitleId { get; } = ElementIds.Next("preview");

    private DingTalkLanguage Shown => _chosen ?? Model.Language;

    protected override void OnInitialized() => _samples = ChatbotSample.All(Time.GetUtcNow(), "you@example.com");

    protected override void OnParametersSet() => Compose();

    private void Choose(DingTalkLanguage language)
    {
        _chosen = language;
        Compose();
    }

    private void ChooseSample(string? key)
    {
        _sampleKey = key ?? _sampleKey;
        Compose();
    }

    private void Compose()
    {
        var mobiles = Model.Mention == MentionMode.Mobiles && MobileNumbers.TryRead(Model.Mobiles, out var numbers, out _) ? numbers : [];
        var settings = new RobotMessageSettings(
            Model.Name.Trim(), Shown, string.IsNullOrWhiteSpace(Model.Keyword) ? null : Model.Keyword.Trim(), Model.Mention, mobiles);
        var message = _samples.First(sample => sample.Key == _sampleKey).Message;
        using var body = JsonDocument.Parse(DingTalkMessageComposer.Compose(settings, message)[0].Body);
        var markdown = body.RootElement.GetProperty("markdown");
        _title = markdown.GetProperty("title").GetString() ?? string.Empty;
        _blocks = MarkdownPreview.Read(markdown.GetProperty("text").GetString() ?? string.Empty);
    }
}

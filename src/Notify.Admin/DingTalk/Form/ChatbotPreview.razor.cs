using System.Text.Json;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Notify.Admin.Channels;
using Notify.Admin.Security;
using Notify.Admin.Shared;

namespace Notify.Admin.DingTalk;

/// <summary>Shows example messages as the chatbot that is being typed would send them, by the code that composes for real.</summary>
public sealed partial class ChatbotPreview
{
    private const string FirstKey = "Alert";

    private ChannelMessage? _told;
    private DingTalkLanguage? _chosen;
    private IReadOnlyList<ChatbotSample> _samples = [];
    private IReadOnlyList<MarkdownBlock> _blocks = [];
    private string _title = string.Empty;

    [Inject]
    private IStringLocalizer<ChatbotText> T { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private IOptionsMonitor<ConsoleOptions> Console { get; set; } = null!;

    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = null!;

    /// <summary>Id 0 for one that is not saved.</summary>
    [Parameter]
    public ChannelKey Channel { get; set; } = new(ChannelKind.DingTalk, 0);

    /// <summary>What is typed.</summary>
    [Parameter, EditorRequired]
    public ChatbotFormModel Model { get; set; } = null!;

    private string TitleId { get; } = ElementIds.Next("preview");

    private DingTalkLanguage Shown => _chosen ?? Model.Language;

    protected override void OnInitialized()
    {
        _samples = ChatbotSample.All(Time.GetUtcNow(), "you@example.com");
        _told = _samples.First(sample => sample.Key == FirstKey).Message;
    }

    protected override void OnParametersSet() => Compose();

    private void Choose(DingTalkLanguage language)
    {
        _chosen = language;
        Compose();
    }

    private void ShowExample(string key) => Show(_samples.First(sample => sample.Key == key).Message);

    private void ShowEvent(EventRecord record) =>
        Show(new ChannelMessage(MessagePurpose.Event, "D-EXAMPLE", record.Time, [new MessageItem(0, "D-EXAMPLE", record)]));

    private void Show(ChannelMessage message)
    {
        _told = message;
        Compose();
    }

    private void Compose()
    {
        var mobiles = Model.Mention == MentionMode.Mobiles && MobileNumbers.TryRead(Model.Mobiles, out var numbers, out _) ? numbers : [];
        var settings = new RobotMessageSettings(
            Model.Name.Trim(), Shown, string.IsNullOrWhiteSpace(Model.Keyword) ? null : Model.Keyword.Trim(), Model.Mention, mobiles)
        {
            Layout = MessageLayout.Read(Model.Layout),
            Console = Console.CurrentValue.Base,
        };
        using var body = JsonDocument.Parse(DingTalkMessageComposer.Compose(settings, _told!)[0].Body);
        var markdown = body.RootElement.GetProperty("markdown");
        _title = markdown.GetProperty("title").GetString() ?? string.Empty;
        _blocks = MarkdownPreview.Read(markdown.GetProperty("text").GetString() ?? string.Empty);
    }
}

using System.Text.Json;
using Notify.Admin.Channels;
using Notify.Admin.DingTalk;
using Notify.Admin.Slack;

namespace Notify.Admin.WhereTo;

/// <summary>A message as its vendor would draw it.</summary>
/// <param name="Slack">Empty for a robot's, and for a message that a tool posted in a form of its own.</param>
/// <param name="DingTalk">The same the other way about.</param>
/// <param name="Text">What is drawn where both are empty.</param>
public sealed record DrawnMessage(
    string Sender, IReadOnlyList<SlackPreviewBlock> Slack, IReadOnlyList<MarkdownBlock> DingTalk, string Text)
{
    /// <param name="isPosted">A tool posted it as a message: its form is not ours.</param>
    internal static DrawnMessage Of(Destination destination, ComposedMessage message, bool isPosted) => new(
        destination.Name,
        destination.Key.Kind == ChannelKind.Slack && !isPosted ? SlackPreviewBlock.ReadAll(message.Body) : [],
        destination.Key.Kind == ChannelKind.DingTalk && !isPosted ? ReadMarkdown(message.Body) : [],
        message.Preview);

    private static IReadOnlyList<MarkdownBlock> ReadMarkdown(string body)
    {
        using var document = JsonDocument.Parse(body);
        return MarkdownPreview.Read(document.RootElement.GetProperty("markdown").GetProperty("text").GetString() ?? string.Empty);
    }
}

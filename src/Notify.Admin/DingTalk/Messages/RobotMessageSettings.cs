using Notify.Admin.Channels;

namespace Notify.Admin.DingTalk;

/// <summary>What a chatbot's settings say about the look of its messages.</summary>
/// <param name="Name">The chatbot's name; tests and drills show it.</param>
/// <param name="Keyword">Goes into every message; null where the robot wants none.</param>
/// <param name="Mobiles">The numbers to mention, with <see cref="MentionMode.Mobiles"/>; see <see cref="MobileNumbers"/>.</param>
internal sealed record RobotMessageSettings(
    string Name,
    DingTalkLanguage Language,
    string? Keyword,
    MentionMode Mention,
    IReadOnlyList<string> Mobiles)
{
    /// <summary>What its messages show.</summary>
    public MessageLayout Layout { get; init; } = MessageLayout.Standard;

    /// <summary>Where people reach this console; null where nobody has said.</summary>
    public Uri? Console { get; init; }
}

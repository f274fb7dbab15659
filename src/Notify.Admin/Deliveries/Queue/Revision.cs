using Notify.Admin.Channels;

namespace Notify.Admin.Deliveries;

/// <summary>A message that is to say that it was acknowledged, or its problem muted.</summary>
/// <param name="Told">What it tells of now; null where retention has taken that.</param>
/// <param name="Message">As the vendor knows it; null where the vendor does not say.</param>
/// <param name="IsFollowUp">It was changed since it was first sent.</param>
/// <param name="Mute">Of its problem.</param>
internal sealed record Revision(
    long MessageId, Candidate? Told, EarlierMessage? Message, bool IsFollowUp, Acknowledged? Acknowledged, ProblemMute? Mute);

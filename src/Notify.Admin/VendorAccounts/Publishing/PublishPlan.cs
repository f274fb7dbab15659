using System.Security.Cryptography;
using System.Text;

namespace Notify.Admin.VendorAccounts;

/// <summary>One call that brings the vendor nearer to what is wanted.</summary>
internal enum PublishStep
{
    Create = 1,
    Update = 2,
    Switch = 3,

    /// <summary>What was published under another name of the vendor's is switched off, before it is created under the new one.</summary>
    Leave = 4,
}

/// <summary>A setting that differs.</summary>
/// <param name="Field">As the trail calls it.</param>
/// <param name="There">At the vendor; null where it is not there yet.</param>
/// <param name="Here">What it becomes.</param>
public sealed record PublishChange(string Field, string? There, string Here);

/// <summary>A channel of ours as a vendor would have it.</summary>
/// <param name="Secret">The keyed fingerprint of its robot or token.</param>
internal sealed record PublishedHere(VendorChannel Wanted, string Secret);

/// <summary>What publishing would do.</summary>
/// <param name="There">What is at the vendor now, or was last published where it does not tell; null where it has to be created.</param>
/// <param name="TakesOver">It was not published from here: one of its name and robot is there already, and is changed.</param>
/// <param name="IsSecretKnown">False where the vendor shows nothing of the robot by which it could be told.</param>
internal sealed record PublishPlan(
    VendorChannel Wanted, VendorChannel? There, bool TakesOver, bool IsSecretKnown, IReadOnlyList<PublishChange> Changes)
{
    /// <summary>The setting that has a call of its own.</summary>
    public const string Status = "status";

    public PublishStep? Next => There is null ? PublishStep.Create
        : Changes.Any(change => change.Field == KayranIntegration.ChannelField) ? PublishStep.Leave
        : Changes.Any(change => change.Field != Status) ? PublishStep.Update
        : Changes.Count > 0 ? PublishStep.Switch
        : null;

    public IReadOnlyList<PublishStep> Steps => Next switch
    {
        null => [],
        // What is created is on.
        PublishStep.Create => Wanted.ListSettings().Any(setting => setting is { Field: Status, Text: "0" })
            ? [PublishStep.Create, PublishStep.Switch] : [PublishStep.Create],
        PublishStep.Leave => [PublishStep.Leave, PublishStep.Create],
        PublishStep.Update when Changes.Any(change => change.Field == Status) => [PublishStep.Update, PublishStep.Switch],
        var step => [step.Value],
    };

    /// <summary>Tells one plan from another: whoever agrees to it agrees to no other.</summary>
    public string Basis => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{Wanted.Write()}\n{There?.Write()}\n{string.Join('\n', Changes)}")).AsSpan(0, 16));

    /// <summary>All settings, as those of something that is not there yet.</summary>
    public IReadOnlyList<PublishChange> All =>
        [.. Wanted.ListSettings().Select(setting => new PublishChange(setting.Field, null, setting.Text))];

    /// <summary>What people are shown of it.</summary>
    public IReadOnlyList<PublishChange> Shown => There is null ? All : Changes;

    /// <summary>Compares what is here with what is there.</summary>
    /// <param name="all">All channels of the account; null where the vendor does not tell, and what was last published counts.</param>
    /// <param name="others">The vendor's ids that belong to other channels of ours.</param>
    public static PublishPlan Make(PublishedHere here, ChannelLink link, IReadOnlyList<VendorChannel>? all, IReadOnlySet<int> others)
    {
        var wanted = here.Wanted;
        var own = all is null ? link.PublishedState : all.FirstOrDefault(there => there.Id == link.VendorId);
        // Creating answers no id. So whatever was created, by whomever and however it ended, is found by name and robot.
        var found = own ?? all?.Where(there => !others.Contains(there.Id) && there.Name == wanted.Name
            && there.ShowsSecretOf(wanted) != false).MaxBy(there => there.Id);
        if (found is null)
        {
            return new PublishPlan(wanted, null, TakesOver: false, IsSecretKnown: true, []);
        }

        // What is shown of the robot may be equal by chance, or nothing: what was sent last is known for certain.
        var isShown = found.ShowsSecretOf(wanted);
        var isSameSecret = isShown != false && (link.PublishedSecret is { } sent ? sent == here.Secret : isShown == true);
        return new PublishPlan(wanted, found, own is null, isShown is not null, Compare(found, wanted, isSameSecret));
    }

    /// <summary>The settings that differ between two states of one channel.</summary>
    /// <param name="isSameSecret">Neither shows the robot or token whole.</param>
    public static IReadOnlyList<PublishChange> Compare(VendorChannel there, VendorChannel here, bool isSameSecret) =>
    [
        .. there.ListSettings().Zip(here.ListSettings())
            .Where(pair => pair.First.Meaning != pair.Second.Meaning || (pair.First.IsSecret && !isSameSecret))
            .Select(pair => new PublishChange(pair.First.Field, pair.First.Text, pair.Second.Text)),
    ];
}

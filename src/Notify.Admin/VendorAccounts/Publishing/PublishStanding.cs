namespace Notify.Admin.VendorAccounts;

/// <summary>How what is published stands to what is here.</summary>
public enum PublishStanding
{
    NotPublished = 1,

    InSync = 2,

    /// <summary>It was changed here since.</summary>
    ChangedHere = 3,

    /// <summary>It was changed there since.</summary>
    Drifted = 4,

    /// <summary>It was deleted there.</summary>
    GoneThere = 5,

    /// <summary>The channel was deleted here; it is still there.</summary>
    GoneHere = 6,
}

internal static class PublishStandings
{
    /// <param name="here">Null where it has been deleted here.</param>
    /// <param name="isTold">The vendor tells what it has.</param>
    public static PublishStanding Of(ChannelLink link, PublishedHere? here, bool isTold) =>
        here is null ? PublishStanding.GoneHere
        : link.PublishedState is not { } published ? PublishStanding.NotPublished
        : isTold && link.SeenState is null ? PublishStanding.GoneThere
        : isTold && Drift(link.SeenState!, published).Count > 0 ? PublishStanding.Drifted
        : PublishPlan.Compare(published, here.Wanted, link.PublishedSecret == here.Secret).Count > 0
            ? PublishStanding.ChangedHere
            : PublishStanding.InSync;

    /// <summary>What was changed there since it was published.</summary>
    public static IReadOnlyList<PublishChange> Drift(VendorChannel seen, VendorChannel published) =>
        PublishPlan.Compare(published, seen, seen.ShowsSecretOf(published) != false);
}

namespace Notify.Admin.VendorAccounts;

/// <summary>What a vendor knows of a channel: all that can be published, and no secret.</summary>
internal abstract record VendorChannel(string Name)
{
    /// <summary>The vendor's id; 0 for what is not read from there.</summary>
    public int Id { get; init; }

    /// <summary>In the order in which people read them.</summary>
    public abstract IReadOnlyList<VendorSetting> ListSettings();

    /// <summary>Whether it posts with the secret of <paramref name="ours"/>, as far as the vendor shows; null where it shows nothing to
    /// tell by.</summary>
    public abstract bool? ShowsSecretOf(VendorChannel ours);

    /// <summary>As JSON.</summary>
    public abstract string Write();
}

/// <param name="Field">As the trail calls it.</param>
/// <param name="Text">As it is shown.</param>
internal sealed record VendorSetting(string Field, string Text)
{
    /// <summary>Equal for values that mean the same.</summary>
    public string Meaning { get; init; } = Text;

    /// <summary>Nobody shows it whole.</summary>
    public bool IsSecret { get; init; }
}

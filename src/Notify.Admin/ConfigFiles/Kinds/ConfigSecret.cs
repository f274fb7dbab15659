namespace Notify.Admin.ConfigFiles;

/// <summary>A secret of an object: the file refers to it.</summary>
/// <param name="Name">The form's name of it.</param>
/// <param name="LastFour">Of the stored one; null where there is none.</param>
/// <param name="IsSame">The stored one is this.</param>
internal sealed record ConfigSecret<TStored, TModel>(
    string Key, string Name, Func<TStored, string?> LastFour, Func<TStored, string, bool> IsSame, Action<TModel, string> Set)
{
    /// <summary>The key of the secret that it is one with: a new one of that is stored with this, too.</summary>
    public string? PartOf { get; init; }

    /// <summary>What the file refers to is not read any more: what is stored is renewed by itself, and the file's is spent by
    /// then.</summary>
    public Func<TStored, bool> IsSettled { get; init; } = _ => false;
}

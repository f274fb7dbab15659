namespace Notify.Admin.ConfigFiles;

/// <summary>A secret of an object: the file refers to it.</summary>
/// <param name="Name">The form's name of it.</param>
/// <param name="LastFour">Of the stored one; null where there is none.</param>
/// <param name="IsSame">The stored one is this.</param>
internal sealed record ConfigSecret<TStored, TModel>(
    string Key, string Name, Func<TStored, string?> LastFour, Func<TStored, string, bool> IsSame, Action<TModel, string> Set);

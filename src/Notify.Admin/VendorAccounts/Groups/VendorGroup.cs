namespace Notify.Admin.VendorAccounts;

/// <summary>What taking an asset group's name over does.</summary>
public enum GroupChange
{
    /// <summary>It is called the same here.</summary>
    None = 0,

    /// <summary>It gets its name: it is not known here, or only by its id.</summary>
    Name = 1,

    /// <summary>It is called something else here, which stays unless names are replaced.</summary>
    Replace = 2,
}

/// <summary>An asset group at the vendor, beside what it is called here.</summary>
/// <param name="Here">Null where it has no name here.</param>
public sealed record VendorGroup(int Id, string There, string? Here)
{
    public GroupChange Change => Here is null ? GroupChange.Name : Here == There ? GroupChange.None : GroupChange.Replace;
}

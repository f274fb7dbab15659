namespace Notify.Admin.Accounts;

/// <summary>Which people a list is narrowed to.</summary>
public enum PersonFilter
{
    All,
    Active,
    Invited,
    Disabled,
    WithoutSecondFactor,
}

/// <summary>What the list of people is sorted by.</summary>
public enum PersonSort
{
    Email,
    Role,
    LastSeen,
    Since,
}

namespace Notify.Admin.Data;

/// <summary>What came of a save.</summary>
public enum StoreOutcome
{
    Saved,

    /// <summary>Somebody saved or deleted it since it was read.</summary>
    Conflict,

    /// <summary>Another row has the value that must be unique.</summary>
    Taken,
}

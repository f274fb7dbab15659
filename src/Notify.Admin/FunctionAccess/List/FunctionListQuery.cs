namespace Notify.Admin.FunctionAccess;

/// <summary>Which managed functions a list is narrowed to.</summary>
public enum FunctionFilter
{
    All,
    InStep,
    Drifted,
    Unreadable,
    Changing,
}

/// <summary>What the list of managed functions is sorted by.</summary>
public enum FunctionSort
{
    Name,
    State,
    LastRead,
    LastChange,
}

using System.ComponentModel.DataAnnotations;

namespace Notify.Admin.Accounts;

/// <summary>How people log in, in the configuration section <c>Accounts</c>. What configuration leaves open can be set on the Settings
/// page.</summary>
public sealed class AccountsOptions
{
    public const string Section = "Accounts";
    public const int MostIdleHours = 720;
    public const int MostDays = 365;

    /// <summary>An Admin without a second factor is led to set one up before anything else.</summary>
    public bool RequireTwoFactorForAdmins { get; set; }

    /// <summary>The way back in: at start this person is made an Admin who can log in, and a one-time link that sets the password is
    /// written to the log.</summary>
    public string? RescueEmail { get; set; }

    /// <summary>A session that is not used for so long ends. An open page counts as use.</summary>
    [Range(1, MostIdleHours, ErrorMessage = "Accounts:SessionIdleHours is a whole number from 1 to 720.")]
    public int SessionIdleHours { get; set; } = 12;

    /// <summary>A session ends so long after its log-in, used or not.</summary>
    [Range(1, MostDays, ErrorMessage = "Accounts:SessionDays is a whole number from 1 to 365.")]
    public int SessionDays { get; set; } = 30;
}

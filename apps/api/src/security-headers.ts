import helmet from 'helmet';

/**
 * Security headers, computed by helmet. The content policy lets the console at /docs run: its scripts are files of our
 * own, its styles are partly inline, its icons are data: images. Plain http stays plain http (upgrade-insecure-requests
 * off): a demo on another host of the network has no certificate.
 */
export const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      baseUri: ["'self'"],
      connectSrc: ["'self'"],
      fontSrc: ["'self'", 'data:'],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
      imgSrc: ["'self'", 'data:'],
      objectSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
    },
  },
});
